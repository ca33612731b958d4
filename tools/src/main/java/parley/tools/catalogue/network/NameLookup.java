package parley.tools.catalogue.network;

import parley.tools.Argv;
import parley.tools.Capture;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.BadValue;
import parley.tools.value.CloudMetadata;
import parley.tools.value.IpAddress;
import parley.tools.value.Target;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the host's own programs get for a name: `getent ahosts`, which asks `/etc/hosts`, DNS and
/// whatever else `nsswitch.conf` names.
///
/// Exit 2 means that no address was found; `getent` does not say whether the name is unknown or
/// nobody answered. Exit 124 means that it took longer than its time limit.
///
/// @param millis how long it took, the way to the host included
/// @param timedOut whether it was ended for its time limit
/// @param addresses in the order in which programs try them; those with a zone are left out
public record NameLookup(List<IpAddress> addresses, boolean timedOut, double millis) {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(12);
    private static final Pattern ROW =
            Pattern.compile(
                    "([0-9A-Fa-f:.]{2,45})(%\\S+)?\\s+(?:STREAM|DGRAM|RAW|SEQPACKET|\\d+)\\b.*");

    public NameLookup {
        addresses = List.copyOf(addresses);
    }

    public static Argv command(Target name) {
        return Argv.of("getent", "ahosts", name.value())
                .within(TIME_LIMIT)
                .alsoReadableWhenExit(2, 124);
    }

    /// Capture number `number`.
    ///
    /// @throws Unreadable naming the first line that is no address
    public static NameLookup read(int number, List<Capture> captures) throws Unreadable {
        Capture capture = captures.get(number - 1);
        Set<IpAddress> found = new LinkedHashSet<>();
        for (Line line : Lines.of(number, captures)) {
            Matcher row = line.match(ROW, "an address and the kind of a socket");
            try {
                IpAddress address = new IpAddress(row.group(1));
                if (row.group(2) == null) {
                    found.add(address);
                }
            } catch (BadValue noAddress) {
                throw line.refused("an address");
            }
        }
        return new NameLookup(
                List.copyOf(found), capture.exit() == 124, capture.took().toNanos() / 1e6);
    }

    /// Whether a cloud's metadata service is among what the name stands for.
    public boolean leadsToMetadata() {
        return addresses.stream().map(IpAddress::value).anyMatch(CloudMetadata::isMeantBy);
    }
}
