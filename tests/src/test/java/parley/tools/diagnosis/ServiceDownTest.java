package parley.tools.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import parley.tools.Clue;

import java.util.Map;

class ServiceDownTest {
    private static final String API = "api.service";

    private static World api(String show, String cat, String... log) {
        return new World()
                .unit("api")
                .prints("service.status", Map.of("show", show, "cat", cat))
                .prints("log.journal", Printed.journal(API, log))
                .prints(
                        "net.sockets",
                        Printed.listeners("0.0.0.0:8080 python3 812 legacy-api.service"))
                .recorded("disk.usage", "debian-12--roomy");
    }

    private static Conclusion cause(World world) {
        return World.cause(world.diagnose(Symptom.SERVICE_DOWN));
    }

    private static void says(Conclusion cause, String en, String zh) {
        assertTrue(cause.statement().en().contains(en), cause.statement().en());
        assertTrue(cause.statement().zh().contains(zh), cause.statement().zh());
    }

    @Test
    void aHealthyServiceIsCleanAndSaysWhatWasLookedAt() {
        World world =
                api(Printed.unit(API), "", "api: listening", "api: the error-free run began")
                        .prints(
                                "net.sockets",
                                Printed.listeners("0.0.0.0:8080 api 812 api.service"));
        Diagnosed diagnosed = world.diagnose(Symptom.SERVICE_DOWN);

        World.clean(diagnosed);
        assertEquals(3, diagnosed.with(Confidence.EXCLUDED).size(), diagnosed.toString());
        world.saysWhatItCannotSee(Symptom.SERVICE_DOWN);
    }

    @Test
    void whoeverHasThePortIsNamedWithProcessAndUnit() {
        Conclusion cause =
                cause(
                        api(
                                Printed.failed(API, 1),
                                "",
                                "systemd: Started api.service - API.",
                                "OSError: [Errno 98] Address already in use: 0.0.0.0:8080",
                                "systemd: api.service: Failed with result 'exit-code'."));

        says(
                cause,
                "port 8080 is taken by legacy-api.service (python3, PID 812)",
                "端口 8080 已被 legacy-api.service 占用");
        assertTrue(cause.advice().orElseThrow().en().contains("another port"));
        assertTrue(
                cause.evidence()
                        .getFirst()
                        .quotes()
                        .getFirst()
                        .value()
                        .contains("Address already"));
    }

    @Test
    void whereNobodyIsSeenOnThePortThatIsSaid() {
        World world =
                api(
                        Printed.failed(API, 1),
                        "",
                        "bind() to 0.0.0.0:9090 failed (98: Address already in use)");

        says(cause(world), "(port 9090) is in use; who has it could not be seen", "看不到占用者");
        world.silent("net.sockets", Clue.Kind.DENIED, "no");
        says(cause(world), "could not be seen", "看不到占用者");
    }

    @Test
    void theEarliestLineOfTheLastAttemptIsTheCause() {
        Conclusion cause =
                cause(
                        api(
                                Printed.failed(API, 1),
                                "",
                                "systemd: Started api.service - API.",
                                "permission denied: /old",
                                "systemd: Started api.service - API.",
                                "write failed: No space left on device",
                                "connection refused by peer"));

        says(cause, "the filesystem it writes to is full", "文件系统已满");
        assertEquals("diag.run", cause.next().orElseThrow().tool());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | WorkingDirectory=/nowhere | working directory cannot be entered",
                "203 | ExecStart=/usr/bin/none | exec failed",
                "216 | Group=nobody-there | group does not exist",
                "217 | User=webapp | user does not exist",
                "226 | ReadWritePaths=/gone | sandbox"
            })
    void aStageOfSystemdNamesTheSettingAndItsFile(int status, String setting, String en) {
        Conclusion cause =
                cause(
                        api(
                                Printed.failed(API, status),
                                "# /etc/systemd/system/api.service\n[Service]\nExecStart=/x\n\n"
                                        + "# /etc/systemd/system/api.service.d/a.conf\n[Service]\n"
                                        + setting
                                        + "\n"));

        says(cause, en, "api.service");
        says(cause, setting + " in /etc/systemd/system/api.service.d/a.conf", setting);
    }

    @Test
    void aKillAtTheMemoryLimitNamesLimitAndDropIn() {
        Conclusion cause =
                cause(
                        api(
                                Printed.unit(
                                        API,
                                        "ActiveState=failed",
                                        "SubState=failed",
                                        "Result=oom-kill",
                                        "ExecMainCode=2",
                                        "ExecMainStatus=9",
                                        "MemoryMax=16777216"),
                                "# /etc/systemd/system/api.service.d/mem.conf\n[Service]\n"
                                        + "MemoryMax=16M\n"));

        assertEquals(Confidence.CONFIRMED, cause.confidence());
        says(
                cause,
                "limit of 16 MiB (MemoryMax=16M in /etc/systemd/system/api.service.d/mem.conf)",
                "oom-kill");
        assertEquals("service.set_limits", cause.next().orElseThrow().tool());
    }

    @Test
    void aKillWithoutThatWordIsOnlyLikelyTheLimits() {
        World killed =
                api(
                        Printed.unit(
                                API,
                                "ActiveState=failed",
                                "Result=signal",
                                "ExecMainCode=2",
                                "ExecMainStatus=9",
                                "MemoryMax=16777216"),
                        "");
        assertEquals(Confidence.LIKELY, cause(killed).confidence());
        World unlimited =
                api(
                        Printed.unit(
                                API,
                                "ActiveState=failed",
                                "Result=signal",
                                "ExecMainCode=2",
                                "ExecMainStatus=9"),
                        "");
        says(cause(unlimited), "it has no memory limit of its own", "没有内存上限");
    }

    @Test
    void tooManyOpenFilesNamesTheLimitThatIsHit() {
        String log = "api: accept failed: Too many open files";
        says(
                cause(
                        api(
                                Printed.unit(API),
                                "# /etc/systemd/system/api.service.d/n.conf\n[Service]\n"
                                        + "LimitNOFILE=64\n",
                                log)),
                "its limit is 64 (LimitNOFILE=64 in /etc/systemd/system/api.service.d/n.conf), not"
                        + " the host's",
                "单元上限为 64");
        assertEquals(Confidence.LIKELY, cause(api(Printed.unit(API), "", log)).confidence());
    }

    @Test
    void whatWasStoppedDidNotFail() {
        World world =
                api(
                        Printed.unit(API, "ActiveState=inactive", "SubState=dead", "MainPID=0"),
                        "",
                        "systemd: Stopped api.service - API.");

        says(cause(world), "it did not fail, it was stopped", "并非失败");
        assertEquals("service.start", cause(world).next().orElseThrow().tool());
    }

    @Test
    void maskedAndUnloadableUnitsAreToldAsSuch() {
        says(
                cause(api(Printed.unit(API, "LoadState=masked", "ActiveState=inactive"), "")),
                "is masked",
                "屏蔽");
        says(
                cause(
                        new World()
                                .unit("api")
                                .recorded("service.status", "debian-12--bad-setting")
                                .prints("log.journal", Printed.journal(API))
                                .prints("net.sockets", Printed.listeners())),
                "cannot be loaded",
                "无法加载");
    }

    @Test
    void aUnitThatIsNotHereIsLookedForElsewhere() {
        World world =
                api(Printed.unit(API), "")
                        .prints(
                                "service.status",
                                World.WEB,
                                "",
                                Map.of("show", Printed.unit(API, "LoadState=not-found")));
        Conclusion cause = cause(world);

        says(cause, "there is no unit api.service on web-1", "web-1 上没有单元 api.service");
        assertTrue(cause.advice().orElseThrow().en().contains("it is on db-1"));
    }

    @Test
    void aServiceThatDiesAgainAndAgainIsSaidToAndWhy() {
        Conclusion cause =
                cause(
                        api(
                                Printed.unit(
                                        API,
                                        "ActiveState=activating",
                                        "SubState=auto-restart",
                                        "NRestarts=17"),
                                "",
                                "systemd: Started api.service - API.",
                                "lost connection to queue: Connection reset by peer"));

        says(cause, "over and over (17 automatic restarts): something it needs", "已重启 17 次");
    }

    @Test
    void aServiceThatFailsForNoKnownReasonIsQuoted() {
        Conclusion cause =
                cause(api(Printed.failed(API, 3), "", "api: the moon is in the wrong phase"));

        says(cause, "exit status 3; its last words: api: the moon", "退出码 3；最后的日志");
    }

    @Test
    void withoutAUnitTheFailedOnesAreLookedAt() {
        World none = new World().recorded("service.list", "debian-12--none");
        World.clean(none.diagnose(Symptom.SERVICE_DOWN));

        World failed = new World().recorded("service.list", "debian-12--failed");
        assertTrue(
                World.open(failed.diagnose(Symptom.SERVICE_DOWN)).stream()
                        .anyMatch(one -> one.contains("is not running: nobody told")),
                failed.diagnose(Symptom.SERVICE_DOWN).toString());
    }

    @Test
    void whatItDoesNotReadItDoesNotCallFine() {
        World world = api(Printed.unit(API), "", "api: all well");
        world.silent("log.journal", Clue.Kind.DENIED, "the journal is closed");

        assertTrue(
                World.open(world.diagnose(Symptom.SERVICE_DOWN))
                        .contains("something in the log of api.service: the journal is closed"));
    }
}
