package parley.console.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import parley.safety.gate.Actor;
import parley.tools.Bilingual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/// Who may do what on this machine: `/etc/parley/roles.yaml` in managed mode, everything in
/// personal mode.
///
/// ```
/// alice: [operator, reader]
/// bob: [viewer]
/// ```
final class Roles {
    static final Path FILE = Path.of("/etc/parley/roles.yaml");

    /// A person alone with their own files has nobody to be protected from but themselves.
    private static final Set<String> ALL =
            Set.of("viewer", "operator", "reader", "approver", "emergency");

    private Roles() {}

    /// @throws BadSettings when the file is there and cannot be read as names with lists of roles
    static Actor actor(String user, boolean managed) throws BadSettings {
        return managed ? new Actor(user, read(FILE, user)) : new Actor(user, ALL);
    }

    static Set<String> read(Path file, String user) throws BadSettings {
        if (!Files.exists(file)) {
            // A managed machine that says nothing about roles lets people look.
            return Set.of("viewer");
        }
        YAMLMapper mapper =
                YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
        try {
            Map<String, Set<String>> roles =
                    mapper.readValue(
                            Files.readString(file),
                            new TypeReference<Map<String, Set<String>>>() {});
            return roles.getOrDefault(user, Set.of("viewer"));
        } catch (JsonProcessingException wrong) {
            String where = file + ":" + wrong.getLocation().getLineNr() + ": ";
            throw new BadSettings(
                    Bilingual.of(
                            "{0}each line is NAME: [role, …]; {1}",
                            "{0}每行格式为 用户名: [角色, …]；{1}", where, wrong.getOriginalMessage()));
        } catch (IOException unreadable) {
            throw new BadSettings(
                    Bilingual.of("{0} cannot be read: {1}", "无法读取 {0}：{1}", file, unreadable));
        }
    }
}
