package parley.safety.policy;

import parley.tools.Environment;
import parley.tools.Risk;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// Questions drawn by chance, of words that some rule cares about and words that none does.
final class ReferenceQuestions {
    private static final List<String> TOOLS =
            List.of(
                    "net.probe",
                    "package.install",
                    "package.remove",
                    "package.undo",
                    "process.inspect",
                    "service.restart",
                    "service.set_boot",
                    "service.set_limits",
                    "service.start",
                    "service.stop",
                    "log.file",
                    "file.read");
    private static final List<String> OBJECTS =
            List.of(
                    "",
                    "nginx.service",
                    "nginx.service",
                    "nano",
                    "sshd.service",
                    "sshd@1.service",
                    "ssh.socket",
                    "NetworkManager.service",
                    "systemd-resolved.service",
                    "dbus.service",
                    "debug-shell.service",
                    "reboot.target",
                    "firewalld.service",
                    "openssh-server",
                    "bash",
                    "libc6",
                    "kernel-core",
                    "/etc/ssh/sshd_config",
                    "/etc/shadow",
                    "/var/log/app.log",
                    "/home/ann/.ssh/config",
                    "/etc/fstab");
    private static final List<String> ORIGINS =
            List.of("operator", "operator", "operator", "inventory", "constant", "model", "output");
    private static final List<String> ROLES =
            List.of("viewer", "operator", "operator", "reader", "approver", "emergency");

    private ReferenceQuestions() {}

    static PolicyQuestion draw(Random random) {
        PolicyQuestion question =
                new PolicyQuestion(
                        "ann",
                        some(random, ROLES, 3),
                        one(random, TOOLS),
                        one(random, List.of(Risk.values())),
                        Questions.host(one(random, List.of(Environment.values()))),
                        facts(random),
                        Evidence.NONE);
        return switch (random.nextInt(10)) {
            case 0 ->
                    question.approvedBy(
                            random.nextBoolean() ? "ann" : "bob", some(random, ROLES, 3));
            case 1 -> question.shown();
            default -> question;
        };
    }

    private static PolicyQuestion.Facts facts(Random random) {
        String object = one(random, OBJECTS);
        PolicyQuestion.Facts facts =
                new PolicyQuestion.Facts(
                        rarely(random) ? "preview" : "call",
                        object,
                        some(random, List.of("env=true", "state=masked", "state=enabled"), 1),
                        some(random, ORIGINS, 2),
                        some(random, ORIGINS, 2),
                        rarely(random) ? Set.of("output") : Set.of("operator"),
                        rarely(random),
                        rarely(random),
                        1 + random.nextInt(3),
                        rarely(random));
        Foreseen foreseen =
                new Foreseen(
                        rarely(random) ? new TreeSet<>(List.of(object, "nano")) : Set.of(),
                        random.nextInt(6),
                        rarely(random),
                        random.nextInt(4) - 1);
        Situation situation =
                new Situation(
                        "mon",
                        random.nextInt(24),
                        rarely(random),
                        rarely(random),
                        rarely(random),
                        random.nextBoolean() ? "OPS-1" : "",
                        rarely(random),
                        rarely(random),
                        random.nextBoolean() ? 50 : 49,
                        rarely(random) ? 3 : 2);
        return facts.with(foreseen, situation);
    }

    private static boolean rarely(Random random) {
        return random.nextInt(8) == 0;
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static Set<String> some(Random random, List<String> of, int most) {
        Set<String> some = new TreeSet<>();
        for (int count = random.nextInt(most + 1); count > 0; count--) {
            some.add(one(random, of));
        }
        return some;
    }
}
