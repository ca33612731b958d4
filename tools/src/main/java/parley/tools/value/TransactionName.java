package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// What names a past package transaction: its number on dnf, its start on apt (`20261121T141801`),
/// or the hash of the plan that Parley carried out.
@Text(
        pattern = "[0-9]{1,9}|[0-9]{8}T[0-9]{6}(\\.[0-9]{1,3})?|[0-9a-f]{12,64}",
        most = 64,
        example = "12")
@Means(en = "a package transaction", zh = "软件包事务")
public record TransactionName(@JsonValue String value) {
    public TransactionName {
        Checks.text(TransactionName.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
