package parley.tools.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GpuStuckTest {
    private static World host(String kernel) {
        return new World()
                .recorded("kernel.log", kernel)
                .recorded("mem.usage", "debian-12--no-swap")
                .recorded("process.top", "debian-12--secrets-in-a-command")
                .recorded("disk.usage", "debian-12--roomy");
    }

    @Test
    void whatNoToolReadsIsNeverCalledFine() {
        Diagnosed diagnosed = host("debian-12--quiet").diagnose(Symptom.GPU_STUCK);

        World.clean(diagnosed);
        assertEquals(
                3,
                World.open(diagnosed).stream()
                        .filter(one -> one.contains("no tool of this catalogue reads it"))
                        .count(),
                diagnosed.toString());
    }

    @Test
    void whatTheKernelSaysOfDevicesComesFirst() {
        assertTrue(
                World.cause(host("debian-12--trouble").diagnose(Symptom.GPU_STUCK))
                        .evidence()
                        .getFirst()
                        .tool()
                        .equals("kernel.log"));
    }
}
