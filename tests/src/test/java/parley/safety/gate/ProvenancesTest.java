package parley.safety.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;

import parley.tools.Hosts;
import parley.tools.schema.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Where arguments come from: a table, and what must hold for all of them.
final class ProvenancesTest {
    private static final Hosts HOSTS =
            new Hosts(List.of(Steps.host("web-2", "prod"), Steps.host("db-1", "prod")));

    private static Provenance of(Object value, String words, String... outputs) {
        ObjectNode arguments = Json.mapper().createObjectNode();
        arguments.set("x", Json.mapper().valueToTree(value));
        return Provenances.of(arguments, words, HOSTS, List.of(outputs), Set.of("enabled", "boot"))
                .getOrDefault("x", Provenance.OUTPUT);
    }

    private static void all(Provenance expected, Object[]... valueAndWords) {
        List<String> wrong = new ArrayList<>();
        for (Object[] pair : valueAndWords) {
            Provenance found = of(pair[0], (String) pair[1]);
            if (found != expected) {
                wrong.add(pair[0] + " in \"" + pair[1] + "\" is " + found);
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static Object[] in(String words, Object value) {
        return new Object[] {value, words};
    }

    @Test
    void theOperatorsWholeWordsAreTheOperators() {
        all(
                Provenance.OPERATOR,
                in("restart nginx on web-1", "nginx"),
                in("restart nginx on web-1", "nginx.service"),
                in("restart nginx.service.", "nginx"),
                in("Restart NGINX, please", "nginx"),
                in("重启nginx", "nginx"),
                in("把web-1的php8.1-fpm重启下", "php8.1-fpm"),
                in("db-2 MySQL昨晚8点以来的报错", "mysql"),
                in("重启（nginx）。", "nginx"),
                in("is \"nginx\" up?", "nginx"),
                in("haproxy's log", "haproxy"),
                in("/var/log/syslog里有没有segfault字样？", "/var/log/syslog"),
                in("look into /etc/nginx/", "/etc/nginx"),
                in("tail -100 /var/log/nginx/error.log @web-1", 100),
                in("tail -100 /var/log/nginx/error.log @web-1", "/var/log/nginx/error.log"),
                in("lb-1 curl http://10.9.9.9:8080/health 看返回码", "10.9.9.9"),
                in("lb-1 curl http://10.9.9.9:8080/health 看返回码", 8080),
                in("lb-1 curl http://10.9.9.9:8080/health 看返回码", "/health"),
                in("从lb-1探下10.9.9.9:80通没通", 80),
                in("从lb-1探下10.9.9.9:80通没通", "10.9.9.9"),
                in("ping pay.example.com.", "pay.example.com"),
                in("８０８０端口", 8080),
                in("find the words connection refused", "connection refused"));
    }

    @Test
    void partsOfWordsAreNot() {
        all(
                Provenance.MODEL,
                in("restart nginx-debug", "nginx"),
                in("restart mysql-server", "server"),
                in("restart mysqld", "mysql"),
                in("restart getty@tty1", "getty"),
                in("look into /var/log/nginx", "nginx"),
                in("look into /var/log/nginx", "/var/log"),
                in("look into /var/log/nginx", "/log/nginx"),
                in("look into /VAR/log", "/var/log"),
                in("install libssl1.1", "libssl1"),
                in("ask pay.example.com", "example.com"),
                in("ask pay.example.com", "evil.pay.example.com"),
                in("listen on 8080", 80),
                in("restart it", "nginx"),
                in("", "nginx"),
                in("restart nginx.service", ".service"),
                in("restart nginx", " "),
                in("restart nginx", ""),
                in("看一下", 1),
                in("a look at the last one", 1));
    }

    @Test
    void theSameSizeDurationOrTimeInOtherWordsIsTheOperators() {
        all(
                Provenance.OPERATOR,
                in("给celery套个内存上限，4G", "4G"),
                in("cap it at 2 GB", "2G"),
                in("cap it at 2048 MiB", "2G"),
                in("超过500兆的文件", "500M"),
                in("两个G", "2G"),
                in("the last 30 minutes", "30m"),
                in("最近半小时的日志", "30m"),
                in("half an hour of logs", "30m"),
                in("最近15分钟的日志", "15m"),
                in("in the past hour", "1h"),
                in("in the last hour", "60m"),
                in("最近两天", "2d"),
                in("过去一周", "7d"),
                in("top five", 5),
                in("前十个", 10),
                in("最后五十条", 50),
                in("reboot in 10 minutes", 10),
                in("昨晚8点以来的报错", "yesterday 20:00"),
                in("since yesterday 6 pm", "yesterday 18:00"),
                in("今天下午3点半", "today 15:30"),
                in("since midnight", "today"),
                in("每天凌晨3点查一次", "*-*-* 03:00:00"),
                in("every day at 3:15", "*-*-* 03:15:00"));
        all(
                Provenance.MODEL,
                in("cap it at 2 GB", "4G"),
                in("最近半小时的日志", "1h"),
                in("昨晚8点以来的报错", "yesterday 08:00"),
                in("每天凌晨3点查一次", "*-*-* 04:00:00"),
                in("at 3:15", "*-*-* 03:15:00"));
    }

    @Test
    void inventoryConstantsOutputsAndTheRest() {
        assertEquals(Provenance.INVENTORY, of("web-2", "can web-1 reach the second one"));
        assertEquals(Provenance.INVENTORY, of("db-1.example", "can it reach the database"));
        assertEquals(Provenance.INVENTORY, of("web", "restart it there"));
        assertEquals(Provenance.CONSTANT, of("enabled", "make it start by itself"));
        assertEquals(Provenance.CONSTANT, of(true, "remove it for good"));
        assertEquals(Provenance.OUTPUT, of("http://x/a", "why", "GET http://x/a 404"));
        assertEquals(Provenance.OUTPUT, of("evil.service", "why", "start EVIL now"));
        assertEquals(Provenance.OUTPUT, of("1.0", "why", "downgrade to 1.0!"));
        assertEquals(Provenance.MODEL, of("1.0", "why", "version 11.05"));
        assertEquals(Provenance.MODEL, of("nginx", "why", "nothing here"));
        assertEquals(Provenance.OPERATOR, of("nginx", "is nginx up", "nginx is down"));
        assertEquals(Provenance.MODEL, of(Map.of("a", "b"), "a b"));
    }

    @Test
    void aListIsAsTrustedAsItsLeastTrustedElement() {
        assertEquals(Provenance.OPERATOR, of(List.of("curl", "nginx"), "install curl nginx"));
        assertEquals(Provenance.MODEL, of(List.of("curl", "nginx"), "install curl"));
        assertEquals(Provenance.OUTPUT, of(List.of("curl", "evil", "x1"), "install curl", "evil"));
    }

    @Test
    void constantsAreTheWordsOfClosedSets() {
        assertEquals(
                Set.of("disabled", "enabled", "masked"),
                Provenances.constants(TestTools.Anything.class));
    }

    /// Whatever is printed, and wherever a copy of a value stands in it, trust only falls; and it
    /// is never more than that of the most trusted cause.
    @Test
    void aCopyInAnOutputNeverRaisesTrust() {
        Random random = new Random(42);
        String[] pieces = {
            "nginx",
            "web-2",
            "10.9.9.9",
            "重启",
            " ",
            "-",
            ".",
            "/",
            "80",
            "2G",
            "半小时",
            "30m",
            "enabled",
            "x",
            ".service",
            "http://",
            "：",
            "the last",
            "昨晚8点"
        };
        int[] seen = new int[Provenance.values().length];
        for (int round = 0; round < 20_000; round++) {
            String words = some(random, pieces, 6);
            String value = some(random, pieces, 2);
            String noise = some(random, pieces, 3);
            Provenance before = of(value, words, noise);
            Provenance after =
                    of(
                            value,
                            words,
                            noise,
                            some(random, pieces, 2) + value + some(random, pieces, 2));
            seen[before.compareTo(Provenance.OPERATOR)]++;
            assertTrue(
                    after.compareTo(before) >= 0,
                    () -> value + " in \"" + words + "\": " + before + " became " + after);
            if (!words.contains(value.replace(".service", "")) && before == Provenance.OPERATOR) {
                assertTrue(
                        value.matches(".*(2G|30m|80).*"),
                        () -> value + " is nowhere in \"" + words + "\"");
            }
        }
        for (Provenance provenance : Provenance.values()) {
            assertTrue(seen[provenance.compareTo(Provenance.OPERATOR)] > 10, provenance.word());
        }
    }

    private static String some(Random random, String[] pieces, int most) {
        StringBuilder text = new StringBuilder();
        for (int count = 1 + random.nextInt(most); count > 0; count--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }
}
