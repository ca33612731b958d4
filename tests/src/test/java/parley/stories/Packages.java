package parley.stories;

import java.io.IOException;

/// The packages of a host, as its own package manager has them.
final class Packages {
    private Packages() {}

    /// The one host of a family that most stories about packages share.
    static TestbedHost host(Story story, Family family) throws IOException, InterruptedException {
        return ready(story.given(name(family), family));
    }

    static TestbedHost host(Story story, Family family, Fault fault)
            throws IOException, InterruptedException {
        ready(story.given(name(family), family));
        return story.given(name(family), family, fault);
    }

    private static String name(Family family) {
        return family == Family.APT ? "web-1" : "db-1";
    }

    /// dnf is asked from its cache, which a fresh host does not have.
    private static TestbedHost ready(TestbedHost host) throws IOException, InterruptedException {
        if (host.family() == Family.DNF) {
            host.root("dnf -q makecache");
        }
        return host;
    }

    /// Its version, without the release; empty when it is not installed.
    static String version(TestbedHost host, String name) throws IOException, InterruptedException {
        return host.tryRoot(
                        switch (host.family()) {
                            case APT ->
                                    "dpkg-query -W -f '${db:Status-Status} ${Version}' "
                                            + name
                                            + " | sed -n 's/^installed //p'";
                            case DNF -> "rpm -q --qf '%{VERSION}' " + name + " || :";
                        })
                .out()
                .replaceFirst("(?s)^package .* is not installed.*", "")
                .strip();
    }

    static boolean isHeld(TestbedHost host, String name) throws IOException, InterruptedException {
        return host.tryRoot(
                        switch (host.family()) {
                            case APT -> "apt-mark showhold " + name;
                            case DNF -> "dnf -q -C versionlock list";
                        })
                .out()
                .contains(name);
    }

    /// Brings `name` to `version` with what it needs, past Parley.
    static void put(TestbedHost host, String name, String version)
            throws IOException, InterruptedException {
        host.root(
                switch (host.family()) {
                    case APT ->
                            "DEBIAN_FRONTEND=noninteractive apt-get -q -y --allow-downgrades"
                                    + " install "
                                    + name
                                    + "="
                                    + version;
                    case DNF ->
                            "dnf -q -y downgrade "
                                    + name
                                    + "-"
                                    + version
                                    + " || dnf -q -y install "
                                    + name
                                    + "-"
                                    + version;
                });
    }

    /// Takes `name` off the host, past Parley.
    static void drop(TestbedHost host, String name) throws IOException, InterruptedException {
        host.root(
                switch (host.family()) {
                    case APT -> "dpkg --purge " + name;
                    case DNF -> "rpm -e " + name;
                });
    }

    /// Waits until the script that ends the installation of `tb-slow` runs, and makes it wait: a
    /// story takes its time on a machine that has little.
    static void holdScript(TestbedHost host) throws IOException, InterruptedException {
        host.await("pkill -STOP -f '" + script(host.family()) + "'");
    }

    static void releaseScript(TestbedHost host) throws IOException, InterruptedException {
        host.root("pkill -CONT -f '" + script(host.family()) + "'");
    }

    private static String script(Family family) {
        // In brackets, so that the shell that looks for it does not find itself.
        return switch (family) {
            case APT -> "tb-slow[.]postinst";
            case DNF -> "/var/tmp/rpm-tmp[.]";
        };
    }
}
