package parley.tools.catalogue.storage;

import parley.tools.Bilingual;
import parley.tools.catalogue.storage.DiskReclaimable.Source;
import parley.tools.value.Bytes;

/// How much each kind would free, in words.
final class ReclaimWords {
    private ReclaimWords() {}

    /// `journal: 120 MiB in 3 files below /var/log/journal (stays: 500 MiB)`.
    static Bilingual source(Source one) {
        long stays = one.present().value() - one.bytes().value();
        String rest = stays > 0 ? "; " + new Bytes(stays) + " stay" : "";
        String restZh = stays > 0 ? "；保留 " + new Bytes(stays) : "";
        return Bilingual.of(
                one.kind().called().en()
                        + ": "
                        + one.bytes()
                        + " in "
                        + one.files()
                        + (one.files() == 1 ? " file" : " files")
                        + " below "
                        + one.where()
                        + rest,
                one.kind().called().zh()
                        + "："
                        + one.where()
                        + " 下 "
                        + one.files()
                        + " 个文件，共 "
                        + one.bytes()
                        + restZh);
    }
}
