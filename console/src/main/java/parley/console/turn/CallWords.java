package parley.console.turn;

import parley.tools.Call;
import parley.tools.schema.ArgumentWords;

import java.util.ArrayList;
import java.util.List;

/// A call as a command line that does it, ready to be typed.
public final class CallWords {
    private CallWords() {}

    /// `parley run service.stop unit=nginx --host web-1`. Words that a shell would take apart are
    /// quoted.
    public static String command(Call<?> call, String host) {
        List<String> words = new ArrayList<>(List.of("parley", "run", call.tool().name()));
        words.addAll(ArgumentWords.words(call.arguments()));
        words.addAll(List.of("--host", host));
        return String.join(" ", words.stream().map(CallWords::quoted).toList());
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9@%+=:,./_-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
