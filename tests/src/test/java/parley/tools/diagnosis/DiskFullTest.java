package parley.tools.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Clue;

import java.util.List;
import java.util.Map;

class DiskFullTest {
    private static World roomy() {
        return new World()
                .recorded("disk.usage", "debian-12--roomy")
                .recorded("disk.deleted_open", "debian-12--nothing-held")
                .recorded("disk.largest", "debian-12--" + LARGEST);
    }

    private static final String LARGEST = "of-var";

    @Test
    void aRoomyDiskIsCleanAndSaysWhatWasLookedAt() {
        Diagnosed diagnosed = roomy().diagnose(Symptom.DISK_FULL);

        World.clean(diagnosed);
        assertEquals(2, diagnosed.with(Confidence.EXCLUDED).size());
        assertTrue(World.open(diagnosed).isEmpty());
    }

    @Test
    void aFullDiskIsNamedWithWhatFillsIt() {
        Diagnosed diagnosed =
                roomy().recorded("disk.usage", "debian-12--nearly-full")
                        .diagnose(Symptom.DISK_FULL);
        Conclusion cause =
                diagnosed.causes().stream()
                        .filter(one -> one.statement().en().contains("is nearly full: 86.5 % used"))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(diagnosed.toString()));

        assertEquals(Confidence.CONFIRMED, cause.confidence());
        assertFalse(cause.evidence().getFirst().lines().isEmpty());
        assertEquals("disk.largest", cause.next().orElseThrow().tool());
    }

    @Test
    void aDeletedFileThatIsOpenIsNamedWithItsProcessAndUnit() {
        Conclusion cause =
                World.cause(
                        roomy().recorded("disk.deleted_open", "debian-12--log-held-by-service")
                                .diagnose(Symptom.DISK_FULL));

        assertTrue(cause.statement().en().contains("in a deleted file"), cause.toString());
        assertTrue(cause.statement().en().contains("PID "), cause.toString());
        assertEquals("service.restart", cause.next().orElseThrow().tool());
    }

    @Test
    void withoutRootNobodyCallsDeletedFilesFew() {
        Diagnosed diagnosed =
                roomy().recorded("disk.deleted_open", "debian-12--others-closed")
                        .diagnose(Symptom.DISK_FULL);

        assertTrue(
                diagnosed.with(Confidence.EXCLUDED).stream()
                        .noneMatch(one -> one.statement().en().contains("deleted")),
                diagnosed.toString());
        assertTrue(
                World.open(diagnosed).stream().anyMatch(one -> one.contains("deleted")),
                diagnosed.toString());
    }

    @Test
    void aReadOnlyDiskIsNoMatterOfSpace() {
        Diagnosed diagnosed =
                roomy().prints(
                                "disk.usage",
                                Map.of(
                                        "/proc/self/mounts",
                                        "/dev/sda1 / ext4 ro,relatime 0 0\n",
                                        "df",
                                        HEADING
                                                + "/dev/sda1 ext4 1000000 100000 900000 10% 1000 10"
                                                + " 990 1% /\n"))
                        .diagnose(Symptom.DISK_FULL);

        assertTrue(
                World.cause(diagnosed).statement().en().contains("read-only"),
                diagnosed.toString());
    }

    @Test
    void noInodeLeftIsToldApartFromNoSpace() {
        Conclusion cause =
                World.cause(
                        roomy().prints(
                                        "disk.usage",
                                        Map.of(
                                                "/proc/self/mounts",
                                                "/dev/sdb1 /srv/mail ext4 rw 0 0\n",
                                                "df",
                                                HEADING
                                                        + "/dev/sdb1 ext4 1000000 100000 900000 10%"
                                                        + " 1000 1000 0 100% /srv/mail\n"))
                                .diagnose(Symptom.DISK_FULL));

        assertTrue(cause.statement().en().contains("no room for more files"), cause.toString());
        assertTrue(cause.statement().zh().contains("inode"), cause.toString());
    }

    /// A disk of 10 GiB, full, on which `du` finds this much.
    private static World fullBy(long found) {
        return roomy().prints(
                        "disk.usage",
                        Map.of(
                                "/proc/self/mounts",
                                "/dev/sdb1 /srv/data ext4 rw 0 0\n",
                                "df",
                                HEADING
                                        + "/dev/sdb1 ext4 10737418240 10737418240 0 100% 1000 10"
                                        + " 990 1% /srv/data\n"))
                .prints(
                        "disk.largest",
                        Map.of(
                                "readlink",
                                "/srv/data\n",
                                "/proc/self/mounts",
                                "/dev/sdb1 /srv/data ext4 rw 0 0\n",
                                "nice du",
                                found + "\t/srv/data\0"));
    }

    @Test
    void spaceThatNoFileHoldsIsToldToBeHidden() {
        List<String> causes =
                fullBy(4L << 30).diagnose(Symptom.DISK_FULL).causes().stream()
                        .map(one -> one.statement().en())
                        .toList();

        assertTrue(
                causes.contains(
                        "6.0 GiB of /srv/data is in no file that can be seen: df counts 10 GiB, du"
                            + " finds 4.0 GiB, deleted files keep 0 B; it lies below a directory on"
                            + " which something else is mounted, or in a snapshot"),
                causes.toString());
        assertTrue(
                fullBy(10L << 30).diagnose(Symptom.DISK_FULL).causes().stream()
                        .noneMatch(one -> one.statement().en().contains("in no file")));
    }

    @Test
    void aReadOnlyDiskIsExplainedByWhatTheKernelSaid() {
        Conclusion cause =
                World.cause(
                        roomy().prints(
                                        "disk.usage",
                                        Map.of(
                                                "/proc/self/mounts",
                                                "/dev/sda1 / ext4 ro,relatime 0 0\n",
                                                "df",
                                                HEADING
                                                        + "/dev/sda1 ext4 1000000 100000 900000 10%"
                                                        + " 1000 10 990 1% /\n"))
                                .recorded("kernel.log", "debian-12--trouble")
                                .diagnose(Symptom.DISK_FULL));

        assertEquals("kernel.log", cause.evidence().getFirst().tool());
    }

    @Test
    void whatIsNotReadIsNotExcluded() {
        roomy().saysWhatItCannotSee(Symptom.DISK_FULL);
        Diagnosed diagnosed =
                roomy().silent("disk.usage", Clue.Kind.DENIED, "not permitted")
                        .diagnose(Symptom.DISK_FULL);
        assertTrue(
                World.open(diagnosed).contains("a full filesystem: not permitted"),
                diagnosed.toString());
    }

    private static final String HEADING =
            "Filesystem Type 1B-blocks Used Avail Use% Inodes IUsed IFree IUse% Mounted on\n";
}
