package parley.tools.catalogue.logs;

import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Locale;

/// What kind of trouble a kernel message tells of.
public enum KernelClass {
    /// A process was killed for want of memory.
    OOM,
    /// A task waited for minutes, mostly for a disk.
    HUNG,
    /// A device could not read or write.
    IO,
    /// A file system found itself damaged, or stopped.
    FS,
    /// The processor or the memory reported a fault.
    MCE,
    NET,
    GPU,
    /// The kernel itself failed.
    OOPS,
    /// A processor was stuck in the kernel.
    LOCKUP,
    USB,
    /// A program was ended for touching memory that is not its own.
    SEGFAULT,
    /// The kernel calls it an error, and no rule here knows it.
    OTHER;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
