package parley.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import parley.attacks.Elevated;
import parley.tools.Observation;
import parley.tools.Recording;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// A login that may do on a host what `parley tools sudoers` prints, and nothing else. With
/// `-Dparley.long=true` each host is asked about every command and thousands of smuggled ones, and
/// every tool is used, which takes longer than all other stories together; without, some of them
/// are drawn by chance.
@ExtendWith(StoryTeller.class)
class SudoersStoryTest {
    private static final boolean LONG = Boolean.getBoolean("parley.long");
    private static final long SEED =
            Long.getLong("parley.seed", LONG ? 20261121 : System.nanoTime());
    private static final int MOST_TRIED = LONG ? 3_000 : 150;
    private static final int MOST_OWN = LONG ? Integer.MAX_VALUE : 100;
    private static final String FILE = "/etc/sudoers.d/parley";

    @ParameterizedTest
    @EnumSource
    void everyCommandThatWantsRootIsPermittedAndNothingSmuggledIs(Family family, Story story)
            throws Exception {
        TestbedHost host = given(family, story);
        List<List<String>> asked =
                Elevated.asked().values().stream().flatMap(List::stream).distinct().toList();
        // Those of the other family's programs are not in this host's file, and what is not
        // installed sudo would not run.
        Set<String> there = programs(host, asked);
        List<List<String>> every =
                asked.stream()
                        .filter(words -> there.contains(words.getFirst()))
                        .filter(words -> Collections.disjoint(words, foreign(family)))
                        .filter(words ->
                                family == Family.DNF
                                        || !String.join(" ", words).contains("/lib/rpm"))
                        .filter(words ->
                                family == Family.APT || !String.join(" ", words).contains("/apt"))
                        .toList();

        List<List<String>> own = drawn(every, MOST_OWN);
        List<Boolean> permitted = permitted(host, own);

        for (int at = 0; at < own.size(); at++) {
            int index = at;
            assertTrue(
                    permitted.get(at),
                    () -> "refused by the host: " + own.get(index) + ", seed " + SEED);
        }
        assertTrue(own.size() >= 60, "only " + own.size());

        List<List<String>> hostile =
                Elevated.samples().values().stream()
                        .flatMap(words -> Elevated.smuggled(words).stream())
                        .filter(one -> !one.isAValueThere())
                        .map(Elevated.Smuggled::words)
                        .filter(words -> words.stream().noneMatch(word -> word.indexOf('\0') >= 0))
                        .filter(words -> words.stream().allMatch(word -> word.length() < 10_000))
                        .toList();
        List<List<String>> tried = drawn(hostile, MOST_TRIED);
        List<Boolean> smuggled = permitted(host, tried);
        for (int at = 0; at < tried.size(); at++) {
            int index = at;
            assertEquals(
                    false,
                    smuggled.get(at),
                    () -> "permitted: " + tried.get(index) + ", seed " + SEED);
        }
        assertEquals(List.of(), permittedOf(host, others()));
        // What needs no root is seen without any of it.
        story.operator().runs("run", "mem.usage", "--host", host.name()).exits(0);
        System.getLogger(SudoersStoryTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "{0}: {1} commands permitted, {2} smuggled ones refused (seed {3})",
                        family,
                        own.size(),
                        tried.size() + others().size(),
                        SEED);
        host.root("rm " + FILE);
    }

    /// At most so many of them, by chance.
    private static List<List<String>> drawn(List<List<String>> all, int most) {
        List<List<String>> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(SEED));
        return List.copyOf(shuffled.subList(0, Math.min(most, shuffled.size())));
    }

    private static Set<String> foreign(Family family) {
        return family == Family.APT
                ? Set.of("dnf", "rpm", "rpmkeys", "yum")
                : Set.of("apt-get", "apt-mark", "dpkg", "needrestart");
    }

    private static Set<String> programs(TestbedHost host, List<List<String>> commands)
            throws Exception {
        String names =
                commands.stream().map(List::getFirst).distinct().collect(Collectors.joining(" "));
        return host.root("for p in " + names + "; do command -v $p >/dev/null && echo $p; done; :")
                .lines()
                .collect(Collectors.toSet());
    }

    /// What a compromised login would like: shells, other programs, other options, what the
    /// policies refuse, and words taken apart.
    private static List<List<String>> others() {
        String tx = "systemd-run --no-ask-password --no-block --quiet --unit=parley-tx.service";
        List<List<String>> all = new ArrayList<>();
        for (String line :
                List.of(
                        "sh",
                        "bash -c id",
                        "env sh",
                        "cat /etc/shadow",
                        "systemctl --no-ask-password --no-pager start -- debug-shell.service",
                        "systemctl --no-ask-password --no-pager start -- reboot.target",
                        "systemctl --no-ask-password --no-pager start -- systemd-poweroff.service",
                        "systemctl --no-ask-password --no-pager stop -- dbus.service",
                        "systemctl --no-ask-password --no-pager restart -- ssh*",
                        "systemctl --no-ask-password --no-pager edit -- nginx.service",
                        "systemctl edit nginx.service",
                        "systemctl -H root@elsewhere start -- nginx.service",
                        "systemctl --no-ask-password --no-pager set-environment A=b",
                        "systemd-run --no-ask-password sh",
                        tx + " -- sh",
                        tx + " --description=Parley: x: package.install,y -- apt-get install x",
                        "journalctl --vacuum-size=1",
                        "journalctl --no-pager --disk-usage --rotate",
                        "ss -H -n -p -t -K",
                        "find / -delete",
                        "dpkg --pre-invoke=sh --no-act -r x",
                        "apt-get install ./x.deb",
                        "dnf --setopt=pluginpath=/tmp install x",
                        "rpm --eval %(id)",
                        "rm -rf /",
                        "cp -a -T -- /tmp/x /etc/sudoers.d/x")) {
            all.add(List.of(line.split(" ")));
        }
        return all;
    }

    @EnabledIfSystemProperty(
            named = "parley.long",
            matches = "true",
            disabledReason = "starts Parley for every tool: tests/run --long")
    @ParameterizedTest
    @EnumSource
    void everyToolThatWantsRootWorksUnderThatFileAlone(Family family, Story story)
            throws Exception {
        TestbedHost host = given(family, story);
        Path inventory = inventory(story, host, "");
        Map<String, JsonNode> calls = new LinkedHashMap<>();
        for (Recording recording : Recording.all()) {
            Tool<?, ?> tool = Catalogue.standard().find(recording.tool()).orElseThrow();
            if (tool instanceof Observation<?, ?>
                    && !tool.rootCommands().isEmpty()
                    && !recording.isFailure()
                    && recording.family().word().equals(family.word())) {
                calls.putIfAbsent(tool.name(), recording.description().required("arguments"));
            }
        }
        List<String> refused = new ArrayList<>();
        for (Map.Entry<String, JsonNode> call : calls.entrySet()) {
            List<String> words = new ArrayList<>(List.of("run", call.getKey()));
            call.getValue()
                    .properties()
                    .forEach(argument ->
                            words.add(argument.getKey() + "=" + text(argument.getValue())));
            words.addAll(
                    List.of(
                            "--host",
                            host.name(),
                            "--inventory",
                            inventory.toString(),
                            "--output",
                            "json"));
            Programs.Ended ended = story.operator().runs(words.toArray(String[]::new));
            if (ended.out().contains("Not permitted by the host") || ended.out().isBlank()) {
                refused.add(call.getKey() + ": " + ended.out() + ended.err());
            }
        }
        assertEquals(List.of(), refused);
        assertTrue(calls.size() >= 10, "only " + calls.keySet());

        Talk talk =
                story.operator()
                        .at(
                                120,
                                "run",
                                "service.set_boot",
                                "unit=demo-web",
                                "state=enabled",
                                "--host",
                                host.name(),
                                "--inventory",
                                inventory.toString());
        talk.ends().exits(0);
        Talk restart =
                story.operator()
                        .at(
                                120,
                                "run",
                                "service.restart",
                                "unit=demo-web",
                                "--host",
                                host.name(),
                                "--inventory",
                                inventory.toString());
        restart.awaits("to go on:").types("restart demo-web on " + host.name());
        restart.ends().exits(0);
        story.thenOnlyChanged(host, "unit demo-(web|dependent).service ");
        host.root("rm " + FILE);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotCoveredIsToldWithTheLineToAdd(Family family, Story story) throws Exception {
        TestbedHost host = story.given(family == Family.APT ? "gate-1" : "gate-2", family);
        Path inventory = inventory(story, host, ", manages: {units: [nginx]}");
        install(story, host, inventory);

        Talk talk =
                story.operator()
                        .at(
                                160,
                                "run",
                                "service.start",
                                "unit=demo-flaky",
                                "--host",
                                host.name(),
                                "--inventory",
                                inventory.toString());
        talk.awaits("(yes/no)").types("yes");
        talk.ends()
                .exits(1)
                .says("Not permitted by the host")
                .says("plain ALL=(root) NOPASSWD: /usr/bin/systemctl")
                .says("start -- demo-flaky.service");
        host.root("rm " + FILE);
    }

    private static TestbedHost given(Family family, Story story) throws Exception {
        TestbedHost host = story.given(family == Family.APT ? "gate-1" : "gate-2", family);
        install(story, host, inventory(story, host, ""));
        return host;
    }

    private static Path inventory(Story story, TestbedHost host, String more) throws Exception {
        story.givenLogin("plain");
        Path file = story.operator().record().resolveSibling("sudoers-inventory.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "hosts:\n  %s: {address: %s, user: plain, env: dev, become: sudo%s}\n"
                        .formatted(host.name(), host.address(), more));
        return file;
    }

    /// Prints the file, has visudo check it, and puts it where sudo reads it.
    private static void install(Story story, TestbedHost host, Path inventory) throws Exception {
        String file =
                story.operator()
                        .runs(
                                "tools",
                                "sudoers",
                                "--host",
                                host.name(),
                                "--family",
                                host.family().word(),
                                "--inventory",
                                inventory.toString())
                        .exits(0)
                        .out();
        host.root(decoded(file) + " > /tmp/sudoers && visudo -c -f /tmp/sudoers");
        host.root("install -m 0440 /tmp/sudoers " + FILE + " && visudo -c && rm /tmp/sudoers");
    }

    private static List<List<String>> permittedOf(TestbedHost host, List<List<String>> commands)
            throws Exception {
        List<Boolean> answers = permitted(host, commands);
        return commands.stream().filter(one -> answers.get(commands.indexOf(one))).toList();
    }

    /// What sudo itself says, asked by the login directly: nothing of Parley is in between.
    private static List<Boolean> permitted(TestbedHost host, List<List<String>> commands)
            throws Exception {
        StringBuilder script = new StringBuilder();
        script.append("t() { sudo -n -l -- \"$@\" >/dev/null 2>&1 && echo y || echo n; }\n");
        for (List<String> words : commands) {
            script.append('t');
            words.forEach(
                    word -> script.append(" '").append(word.replace("'", "'\\''")).append('\''));
            script.append('\n');
        }
        host.root(": > /tmp/script; chmod 644 /tmp/script");
        String text = script.toString();
        for (int from = 0; from < text.length(); from += 60_000) {
            String part = text.substring(from, Math.min(text.length(), from + 60_000));
            host.root(decoded(part) + " >> /tmp/script");
        }
        List<Boolean> answers =
                host.root("runuser -u plain -- bash /tmp/script; rm /tmp/script")
                        .lines()
                        .map("y"::equals)
                        .toList();
        assertEquals(commands.size(), answers.size());
        return answers;
    }

    private static String decoded(String text) {
        String coded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return "printf %s '" + coded + "' | base64 -d";
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return value.asText();
        }
        List<String> all = new ArrayList<>();
        value.forEach(one -> all.add(one.asText()));
        return String.join(",", all);
    }
}
