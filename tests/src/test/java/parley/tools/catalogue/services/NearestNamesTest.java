package parley.tools.catalogue.services;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

class NearestNamesTest {
    private static final List<String> KNOWN =
            List.of(
                    "nginx.service",
                    "ssh.service",
                    "postgresql.service",
                    "cron.service",
                    "redis-server.service",
                    "php8.2-fpm.service");

    @Test
    void slipsOfTheFingerAndShortFormsAreNear() {
        assertEquals(List.of("nginx.service"), NearestNames.of("ngnix.service", KNOWN));
        assertEquals(List.of("ssh.service"), NearestNames.of("sshd.service", KNOWN));
        assertEquals(List.of("postgresql.service"), NearestNames.of("postgres.service", KNOWN));
        assertEquals(List.of("redis-server.service"), NearestNames.of("redis.service", KNOWN));
        assertEquals(List.of("php8.2-fpm.service"), NearestNames.of("php8.1-fpm.service", KNOWN));
        assertEquals(List.of("cron.service"), NearestNames.of("crond.service", KNOWN));
    }

    @Test
    void anotherWordIsNot() {
        assertEquals(List.of(), NearestNames.of("mysql.service", KNOWN));
        assertEquals(List.of(), NearestNames.of("a.service", KNOWN));
    }
}
