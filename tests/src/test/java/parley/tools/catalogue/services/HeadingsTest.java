package parley.tools.catalogue.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import parley.tools.Means;
import parley.tools.catalogue.logs.LogJournal;
import parley.tools.catalogue.network.NetSockets;
import parley.tools.catalogue.packages.PackageFacts;
import parley.tools.catalogue.packages.PendingUpdates;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Every column that a reading can be shown with has a heading in both languages.
class HeadingsTest {
    private static final List<Class<? extends Record>> READINGS =
            List.of(
                    UnitStatus.class,
                    ServiceDeps.Deps.class,
                    ServiceList.Units.class,
                    ServiceRestart.Accepted.class,
                    NetSockets.Sockets.class,
                    LogJournal.Journal.class,
                    PackageFacts.class,
                    PendingUpdates.class);

    @Test
    void everyComponentOfEveryReadingHasOne() {
        Set<Class<?>> seen = new LinkedHashSet<>(READINGS);
        List<Class<?>> open = new ArrayList<>(READINGS);
        List<String> bare = new ArrayList<>();
        while (!open.isEmpty()) {
            Class<?> type = open.removeFirst();
            for (RecordComponent component : type.getRecordComponents()) {
                if (!component.isAnnotationPresent(Means.class)) {
                    bare.add(type.getSimpleName() + "." + component.getName());
                }
                Class<?> inner = inner(component.getGenericType());
                boolean value = inner.getName().startsWith("parley.tools.value.");
                if (inner.isRecord() && !value && seen.add(inner)) {
                    open.add(inner);
                }
            }
        }
        assertEquals(List.of(), bare);
        assertTrue(seen.size() >= 15, () -> "only these were looked at: " + seen);
    }

    private static Class<?> inner(Type type) {
        return type instanceof ParameterizedType generic
                ? inner(generic.getActualTypeArguments()[0])
                : (Class<?>) type;
    }
}
