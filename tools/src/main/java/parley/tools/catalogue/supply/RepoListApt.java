package parley.tools.catalogue.supply;

import org.bouncycastle.openpgp.PGPPublicKeyRing;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.read.HostClock;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// [RepoList] on Debian and its kin.
final class RepoListApt {
    private static final int SOURCES = 3;
    private static final int FOUND = 5;
    private static final int BYTES = 6;

    private RepoListApt() {}

    /// The commands known so far.
    static List<Argv> commands(RepoList.Arguments arguments, List<Capture> soFar)
            throws Unreadable {
        List<Argv> commands = new ArrayList<>(HostClock.commands());
        commands.add(AptSources.command());
        commands.add(AptSources.targets());
        if (arguments.withKeys() && soFar.size() >= FOUND - 1) {
            List<Repository> repositories = AptSources.read(SOURCES, soFar, new ArrayList<>());
            commands.add(AptKeys.find(AptSources.namedKeys(repositories)));
            if (soFar.size() >= FOUND) {
                SequencedMap<String, Long> files = AptKeys.files(FOUND, soFar);
                if (!files.isEmpty()) {
                    commands.add(AptKeys.bytes(files));
                }
            }
        }
        return commands;
    }

    static Reading<RepositoryList> read(RepoList.Arguments arguments, List<Capture> captures)
            throws Unreadable {
        HostClock clock = HostClock.read(1, captures);
        List<Bilingual> gaps = new ArrayList<>();
        List<Repository> repositories = AptSources.read(SOURCES, captures, gaps);
        List<SigningKey> keys = new ArrayList<>();
        List<HostText> missing = new ArrayList<>();
        if (arguments.withKeys()) {
            SequencedMap<String, Long> files = AptKeys.files(FOUND, captures);
            if (captures.size() >= BYTES) {
                Map<String, List<PGPPublicKeyRing>> rings =
                        AptKeys.rings(files, BYTES, captures, gaps);
                rings.forEach(
                        (file, all) -> all.forEach(ring -> keys.add(KeyRings.key(ring, file))));
            }
            AptSources.namedKeys(repositories).stream()
                    .filter(path -> !files.containsKey(path))
                    .forEach(path -> missing.add(new HostText(path)));
        }
        RepositoryList value = new RepositoryList(repositories, keys, missing, clock.now());
        return Reading.of(value, repositories.isEmpty(), gaps);
    }
}
