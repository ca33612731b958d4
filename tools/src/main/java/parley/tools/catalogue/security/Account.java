package parley.tools.catalogue.security;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Somebody who can log in, or become root.
///
/// @param expires the day after which the account is closed; empty when it never is, or not known
/// @param keys that let in by SSH
/// @param sudo what sudo permits, as it lists it; empty when nothing, or not asked
/// @param line where the account stands in its capture, the first line being 1
public record Account(
        @Means(en = "user", zh = "用户") HostText user,
        @Means(en = "uid", zh = "UID") long uid,
        @Means(en = "shell", zh = "Shell") HostText shell,
        @Means(en = "password", zh = "密码") PasswordState password,
        @Means(en = "expires", zh = "到期日") Optional<LocalDate> expires,
        @Means(en = "keys", zh = "密钥") List<AuthorizedKey> keys,
        @Means(en = "sudo", zh = "sudo") List<HostText> sudo,
        @Means(en = "line", zh = "行") long line) {
    /// How the password of an account stands; the password itself and its hash are never read.
    public enum PasswordState {
        @Means(en = "set", zh = "已设置")
        SET,
        @Means(en = "locked", zh = "已锁定")
        LOCKED,
        /// Anybody may come in without one.
        @Means(en = "none", zh = "无")
        NONE,
        @Means(en = "unknown", zh = "未知")
        UNKNOWN;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Account {
        requireNonNull(user, "user is null");
        requireNonNull(shell, "shell is null");
        requireNonNull(password, "password is null");
        requireNonNull(expires, "expires is null");
        keys = List.copyOf(keys);
        sudo = List.copyOf(sudo);
    }

    public boolean isRoot() {
        return uid == 0;
    }

    /// Whether sudo lets it run everything.
    public boolean mayDoAnything() {
        return sudo.stream()
                .map(HostText::value)
                .anyMatch(rule -> rule.matches(".*\\) ?(NOPASSWD: ?)?ALL"));
    }
}
