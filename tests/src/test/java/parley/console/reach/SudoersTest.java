package parley.console.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/// Lines of sudoers as people read them; [SshUsersTest] proves them against a real sudo.
class SudoersTest {
    @Test
    void theLineNamesUserProgramAndEveryArgument() {
        assertEquals(
                Optional.of(
                        "ops ALL=(root) NOPASSWD: /usr/bin/systemctl --no-pager restart --"
                                + " nginx.service"),
                Sudoers.line(
                        "ops",
                        "/usr/bin/systemctl",
                        List.of("systemctl", "--no-pager", "restart", "--", "nginx.service")));
    }

    @Test
    void whatTheFileGivesAMeaningIsEscaped() {
        assertEquals(
                Optional.of("ops ALL=(root) NOPASSWD: /bin/x a\\,b\\:c\\=d\\*\\\\\\\\x2d"),
                Sudoers.line("ops", "/bin/x", List.of("x", "a,b:c=d*\\x2d")));
    }

    @Test
    void noArgumentsMeansNone() {
        assertEquals(
                Optional.of("ops ALL=(root) NOPASSWD: /bin/x \"\""),
                Sudoers.line("ops", "/bin/x", List.of("x")));
    }

    @Test
    void aWordThatTheFileCannotHoldGivesNoLine() {
        assertEquals(Optional.empty(), Sudoers.line("ops", "/bin/x", List.of("x", "a\nb ALL")));
        assertEquals(Optional.empty(), Sudoers.line("ops", "/bin/x", List.of("x", "")));
    }
}
