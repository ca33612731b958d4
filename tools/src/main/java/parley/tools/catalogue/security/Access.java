package parley.tools.catalogue.security;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Optional;

/// Who can log in to a host and who can become root there.
///
/// @param accounts with a shell to log in with, with keys, or with the rights of root
/// @param others how many further accounts can do neither
/// @param sudoersFault what `visudo` finds wrong with the rules of sudo; empty when nothing, or
///   when it could not be asked
public record Access(
        @Means(en = "accounts", zh = "账号") List<Account> accounts,
        @Means(en = "others", zh = "其他账号数") long others,
        @Means(en = "fault in sudo rules", zh = "sudo 规则的问题") Optional<HostText> sudoersFault) {
    public Access {
        accounts = List.copyOf(accounts);
        requireNonNull(sudoersFault, "sudoersFault is null");
    }
}
