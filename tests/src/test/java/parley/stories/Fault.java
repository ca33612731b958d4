package parley.stories;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Something wrong with a host, put there from outside and taken away again.
sealed interface Fault {
    /// For the reader of a failure: `port 8081 is taken`.
    String what();

    void injectInto(TestbedHost host) throws IOException, InterruptedException;

    void healOn(TestbedHost host) throws IOException, InterruptedException;

    /// A fault of one story alone.
    ///
    /// @param inject shell, run on the host as root; afterwards the host is truly in that state
    /// @param heal shell that puts back everything that `inject` changed
    record Scripted(String what, String inject, String heal) implements Fault {
        @Override
        public void injectInto(TestbedHost host) throws IOException, InterruptedException {
            host.root(inject);
        }

        @Override
        public void healOn(TestbedHost host) throws IOException, InterruptedException {
            host.root(heal);
        }
    }

    /// One that the testbed has under this name, perhaps with arguments after it (`dns refused`);
    /// it looks itself whether the host is in that state.
    record Named(String what) implements Fault {
        @Override
        public void injectInto(TestbedHost host) throws IOException, InterruptedException {
            call("inject", host);
        }

        @Override
        public void healOn(TestbedHost host) throws IOException, InterruptedException {
            call("heal", host);
        }

        private void call(String verb, TestbedHost host) throws IOException, InterruptedException {
            List<String> words = new ArrayList<>(List.of("fault", host.name(), verb));
            words.addAll(List.of(what.split(" ")));
            Testbed.call(words).orFail(verb + " " + what + " on " + host.name());
        }
    }
}
