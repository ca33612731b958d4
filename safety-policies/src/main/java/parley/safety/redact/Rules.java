package parley.safety.redact;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The rules of `redaction/rules.yaml`, compiled once.
final class Rules {
    private static final String FILE = "/redaction/rules.yaml";
    private static final List<Rule> SHIPPED = load();

    private Rules() {}

    static List<Rule> shipped() {
        return SHIPPED;
    }

    private static List<Rule> load() {
        ObjectMapper yaml =
                YAMLMapper.builder()
                        .addModule(new Jdk8Module())
                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .build();
        try (InputStream file =
                Objects.requireNonNull(Rules.class.getResourceAsStream(FILE), FILE)) {
            List<Rule.Written> written = yaml.readValue(file, new TypeReference<>() {});
            Set<String> ids = new HashSet<>();
            for (Rule.Written rule : written) {
                if (!ids.add(rule.id())) {
                    throw new IllegalStateException("two redaction rules are called " + rule.id());
                }
            }
            return written.stream().map(Rule.Written::compiled).toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(FILE, broken);
        }
    }
}
