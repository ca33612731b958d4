package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// A signed head of the record, as `parley audit anchor` prints it after its first word: name of
/// the record, number of entries, root and signature.
@Text(
        pattern =
                "parley/[a-z0-9.-]{1,64}/[0-9a-f]{8} [1-9][0-9]{0,15} [A-Za-z0-9+/]{43}="
                        + " [A-Za-z0-9+/]{91}=",
        most = 245,
        example =
                "parley/ops-1/1a2b3c4d 1042 NcrEawklSPkfp5NSnZ3sB/wBpfhzNZG8z9zxPwCEDJg="
                    + " EnRJphtRftE/I8K1yGwhcjEKQcA5lhZ3x5NU/w8TcCMMU7kDJ/w5mSB6XGaGw1JvEW3dBtEB"
                    + "1XrcLlfh5nw787NrcQQ=")
@Means(en = "a signed head of the record", zh = "审计记录的签名锚")
public record AnchorText(@JsonValue String value) {
    public AnchorText {
        Checks.text(AnchorText.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
