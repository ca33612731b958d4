package parley.stories;

import java.io.IOException;

/// Something wrong with a host, put there from outside and taken away again.
///
/// @param what for the reader of a failure: `port 8081 is taken`
/// @param inject shell, run on the host as root; afterwards the host is truly in that state
/// @param heal shell that puts back everything that `inject` changed
record Fault(String what, String inject, String heal) {
    void injectInto(TestbedHost host) throws IOException, InterruptedException {
        host.root(inject);
    }

    void healOn(TestbedHost host) throws IOException, InterruptedException {
        host.root(heal);
    }
}
