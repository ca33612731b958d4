package parley.tools.diagnosis;

import static java.util.Objects.requireNonNull;

import parley.tools.Call;
import parley.tools.Host;
import parley.tools.Means;
import parley.tools.Risk;
import parley.tools.schema.ArgumentWords;

import java.util.List;

/// The call that a conclusion suggests next. It is only ever shown: whoever wants it types it, and
/// then it is judged and approved like any other.
///
/// @param arguments as they are typed: `unit=nginx.service`
public record Proposed(
        @Means(en = "tool", zh = "工具") String tool,
        @Means(en = "arguments", zh = "参数") List<String> arguments,
        @Means(en = "host", zh = "主机") String host,
        @Means(en = "effect", zh = "影响") Risk effect) {
    public Proposed {
        requireNonNull(tool, "tool is null");
        arguments = List.copyOf(arguments);
        requireNonNull(host, "host is null");
        requireNonNull(effect, "effect is null");
    }

    public static Proposed of(Call<?> call, Host host) {
        return new Proposed(
                call.tool().name(),
                ArgumentWords.words(call.arguments()),
                host.name(),
                call.risk());
    }

    /// Another diagnosis of `host`.
    static Proposed diagnosis(Symptom symptom, Host host) {
        return new Proposed(
                "diag.run", List.of("diagnosis=" + symptom.word()), host.name(), Risk.OBSERVE);
    }

    /// Another diagnosis of `host`, of the unit `who` where the symptom is one of a unit.
    static Proposed diagnosis(Symptom symptom, Host host, String who) {
        boolean named = symptom == Symptom.SERVICE_DOWN && who.endsWith(".service");
        return named
                ? new Proposed(
                        "diag.run",
                        List.of("diagnosis=" + symptom.word(), "unit=" + who),
                        host.name(),
                        Risk.OBSERVE)
                : diagnosis(symptom, host);
    }

    /// `parley run service.restart unit=nginx.service --host web-1`, ready to be typed. Words that
    /// a shell would take apart are quoted.
    public String command() {
        StringBuilder line = new StringBuilder("parley run ").append(tool);
        arguments.forEach(word -> line.append(' ').append(quoted(word)));
        return line.append(" --host ").append(quoted(host)).toString();
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9@%+=:,./_-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
