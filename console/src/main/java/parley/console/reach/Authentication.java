package parley.console.reach;

import static java.nio.charset.StandardCharsets.UTF_8;

import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPublickey;

import parley.tools.Bilingual;
import parley.tools.Host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/// Logs in with keys, in OpenSSH's order: keys of the agent that the configuration names, its other
/// keys, key files. Never with a password.
final class Authentication {
    private final Host host;
    private final SshTarget target;
    private final KeyFiles keys;
    private final List<String> tried = new ArrayList<>();
    private final List<String> triedZh = new ArrayList<>();

    Authentication(Host host, SshTarget target, KeyFiles keys) {
        this.host = host;
        this.target = target;
        this.keys = keys;
    }

    /// @throws NotRun naming every key that was tried
    void logIn(SSHClient client) throws NotRun, InterruptedException {
        List<String> inAgent = new ArrayList<>();
        if (target.agent().isPresent() && withAgent(client, target.agent().get(), inAgent)) {
            return;
        }
        for (Path file : target.identities()) {
            if (withFile(client, file, inAgent)) {
                return;
            }
        }
        throw Failures.notAuthenticated(
                host,
                target,
                tried.isEmpty() ? "none, there is no key" : String.join(", ", tried),
                triedZh.isEmpty() ? "无（没有密钥）" : String.join("、", triedZh));
    }

    private boolean withAgent(SSHClient client, Path socket, List<String> inAgent)
            throws NotRun, InterruptedException {
        Agent agent = new Agent(socket);
        List<Agent.Key> named = new ArrayList<>();
        List<Agent.Key> others = new ArrayList<>();
        try {
            for (Agent.Key key : agent.keys()) {
                boolean isNamed =
                        target.identities().stream().anyMatch(file -> isPublicPart(file, key));
                (isNamed ? named : others).add(key);
            }
        } catch (IOException noAgent) {
            tried("agent (does not answer)", "代理（无应答）");
            return false;
        }
        if (!target.identitiesOnly()) {
            named.addAll(others);
        }
        for (Agent.Key key : named) {
            inAgent.add(key.base64());
            tried("agent key " + key.comment(), "代理密钥 " + key.comment());
            if (attempt(client, new AgentAuth(agent, key))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPublicPart(Path file, Agent.Key key) {
        return publicPart(file).filter(key.base64()::equals).isPresent();
    }

    /// The key in the `.pub` file beside a key, or in the file itself where only that is there.
    private static Optional<String> publicPart(Path file) {
        for (Path candidate : List.of(Path.of(file + ".pub"), file)) {
            try {
                String[] fields = Files.readString(candidate, UTF_8).strip().split("\\s+");
                if (fields.length >= 2 && !fields[0].startsWith("-")) {
                    return Optional.of(fields[1]);
                }
            } catch (IOException notThere) {
                // The next place may have it.
            }
        }
        return Optional.empty();
    }

    private boolean withFile(SSHClient client, Path file, List<String> inAgent)
            throws NotRun, InterruptedException {
        Optional<String> known = publicPart(file);
        if (!Files.exists(file) || known.filter(inAgent::contains).isPresent()) {
            return false;
        }
        return switch (keys.load(file)) {
            case KeyFiles.Usable(KeyProvider key) -> {
                tried(file.toString(), file.toString());
                yield attempt(client, new AuthPublickey(key));
            }
            case KeyFiles.Unusable(Bilingual why) -> {
                tried(file + " (" + why.en() + ")", file + "（" + why.zh() + "）");
                yield false;
            }
        };
    }

    private boolean attempt(SSHClient client, AuthMethod method)
            throws NotRun, InterruptedException {
        try {
            return Limited.call(
                    SshDial.LIMIT, () -> authenticated(client, method), () -> SshDial.quit(client));
        } catch (TimeoutException late) {
            throw Failures.unreachable(host, target, late);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            if (client.getTransport().isRunning()) {
                throw Failures.unreachable(host, target, cause);
            }
            // The server hangs up after too many keys, which is an answer too.
            tried("the host hung up (" + Failures.words(cause) + ")", "对方挂断");
            throw Failures.notAuthenticated(
                    host, target, String.join(", ", tried), String.join("、", triedZh));
        }
    }

    private boolean authenticated(SSHClient client, AuthMethod method) throws TransportException {
        try {
            client.auth(target.user(), method);
            return true;
        } catch (UserAuthException refused) {
            if (!client.getTransport().isRunning()) {
                throw new TransportException(refused);
            }
            return false;
        }
    }

    private void tried(String en, String zh) {
        tried.add(en);
        triedZh.add(zh);
    }
}
