package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// A repository as `repo.list` calls it: dnf's id, or apt's server and suite.
@Text(
        pattern = "[A-Za-z0-9][A-Za-z0-9._:+~-]{0,126}",
        most = 127,
        example = "deb.debian.org_debian:bookworm")
@Means(en = "a repository", zh = "软件源")
public record RepositoryName(@JsonValue String value) {
    public RepositoryName {
        Checks.text(RepositoryName.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
