package parley.tools.catalogue.supply;

import parley.tools.read.Secrets;

import java.util.regex.Pattern;

/// Addresses of repositories, which may carry a password.
final class Addresses {
    private static final Pattern PASSWORD = Pattern.compile("(\\w://[^\\s/@:]*:)[^\\s/@]+(@)");

    private Addresses() {}

    /// `text` without the passwords of the addresses in it. [Secrets] would take more out: in these
    /// messages, what follows the word "key" is no secret.
    static String masked(String text) {
        return PASSWORD.matcher(text).replaceAll("$1" + Secrets.MASK + "$2");
    }
}
