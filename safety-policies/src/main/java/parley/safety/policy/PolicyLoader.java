package parley.safety.policy;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.toSet;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.DetailedError;
import com.cedarpolicy.model.LevelValidationRequest;
import com.cedarpolicy.model.ValidationResponse;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import org.jspecify.annotations.Nullable;

import parley.tools.Bilingual;
import parley.tools.Language;
import parley.tools.schema.Json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Turns files into [Policies], or refuses them at the first doubt.
final class PolicyLoader {
    private static final Pattern ACTION = Pattern.compile("(?m)^action \"([^\"]+)\" in ");
    private static final Set<String> RUNGS = Set.of("confirm", "typed", "second-person");

    /// Whom a reason is told that would teach a model how to get around the rule.
    private static final String PEOPLE = "people";

    private static final Set<String> ANNOTATIONS = Set.of("id", "en", "zh", "rung", "tell");

    private static final Bilingual SEE_SCHEMA =
            Bilingual.of(
                    "what may be spoken about is declared in schema.cedarschema",
                    "可用的词汇声明在 schema.cedarschema 中");
    private static final Bilingual CORRECT_IT =
            Bilingual.of(
                    "correct this policy; until then nothing is permitted",
                    "请改正这条策略；在此之前一切操作都不被允许");

    /// A decision may look at the attributes of person and host, never at those of what they point
    /// to: exactly these entities are passed along.
    private static final int LEVEL = 1;

    private final List<PolicyFile> files;
    private final String schemaText;
    private final Map<String, Statement> statements = new LinkedHashMap<>();
    private final Map<String, PolicyRule> rules = new LinkedHashMap<>();
    private final List<Shape> shapes = new ArrayList<>();

    PolicyLoader(List<PolicyFile> files, String schemaText) {
        this.files = List.copyOf(files);
        this.schemaText = schemaText;
    }

    Policies load() throws PolicyError {
        BasicAuthorizationEngine engine = engine();
        for (PolicyFile file : files) {
            read(file);
        }
        try {
            Schema schema = Schema.parse(Schema.JsonOrCedar.Cedar, schemaText);
            PolicySet set =
                    new PolicySet(shapes.stream().map(Shape::policy).collect(toUnmodifiableSet()));
            validate(engine.validateWithLevel(new LevelValidationRequest(schema, set, LEVEL)));
            set.cache();
            schema.cache();
            Slices slices = new Slices(new Actions(schema.toJsonFormat()), shapes);
            return new Policies(
                    engine,
                    set,
                    schema,
                    slices,
                    rules.values(),
                    actions(),
                    hash(),
                    files,
                    schemaText);
        } catch (AuthException | CacheException | JsonProcessingException refused) {
            throw new PolicyError(
                    Bilingual.of(
                            "ERROR: the policies cannot be checked: " + message(refused),
                            "错误：无法检查策略：" + message(refused)),
                    refused);
        }
    }

    /// Loads the native library; nothing of Cedar works before.
    static BasicAuthorizationEngine engine() throws PolicyError {
        try {
            return new BasicAuthorizationEngine();
        } catch (LinkageError missing) {
            throw new PolicyError(
                    Bilingual.of(
                            "ERROR: the policy engine's native library cannot be loaded: {0}\n"
                                + "  = set CEDAR_JAVA_FFI_LIB to the library, or make the temporary"
                                + " folder executable; until then nothing is permitted",
                            "错误：无法加载策略引擎的本地库：{0}\n"
                                + "  = 请将 CEDAR_JAVA_FFI_LIB 设为该库的路径，或允许在临时目录执行程序；在此之前一切操作都不被允许",
                            missing.getMessage()),
                    missing);
        }
    }

    private void read(PolicyFile file) throws PolicyError {
        List<Statement> found = Statement.split(file);
        for (Statement statement : found) {
            read(statement);
        }
        int seen = found.isEmpty() ? 0 : count(file, found.getFirst());
        if (seen != found.size()) {
            throw refuse(
                    Place.in(file, 0, 1),
                    Bilingual.of(
                            "read as %d policies here, but as %d by Cedar"
                                    .formatted(found.size(), seen),
                            "此处读到 %d 条策略，Cedar 却读到 %d 条".formatted(found.size(), seen)),
                    Bilingual.of(
                            "write one policy after another, each ending in ;",
                            "请逐条书写策略，每条以 ; 结尾"));
        }
    }

    private static int count(PolicyFile file, Statement first) throws PolicyError {
        try {
            return PolicySet.parsePolicies(file.text()).policies.size();
        } catch (InternalException refused) {
            throw unreadable(first, refused);
        }
    }

    private void read(Statement statement) throws PolicyError {
        try {
            Policy parsed = Policy.parseStaticPolicy(statement.source());
            JsonNode json = Json.mapper().readTree(parsed.toJson());
            Map<String, String> annotations = new TreeMap<>();
            json.path("annotations")
                    .properties()
                    .forEach(one -> annotations.put(one.getKey(), one.getValue().asText("")));
            Shape shape = Shape.of(parsed, json);
            PolicyRule rule = rule(statement, annotations, shape.permits());
            @Nullable Statement other = statements.putIfAbsent(rule.id(), statement);
            if (other != null) {
                throw refuse(
                        Place.word(statement, "@id"),
                        Bilingual.of(
                                "@id(\"%s\") is taken".formatted(rule.id()),
                                "@id(\"%s\") 已被使用".formatted(rule.id())),
                        Bilingual.of(
                                "it stands at %s:%d; choose another"
                                        .formatted(other.file().name(), other.line()),
                                "已用于 %s:%d，请换一个".formatted(other.file().name(), other.line())));
            }
            rules.put(rule.id(), rule);
            shapes.add(shape.of(new Policy(statement.source(), rule.id())));
        } catch (InternalException refused) {
            throw unreadable(statement, refused);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static PolicyRule rule(
            Statement statement, Map<String, String> annotations, boolean permits)
            throws PolicyError {
        for (String needed : List.of("id", "en", "zh")) {
            if (annotations.getOrDefault(needed, "").isBlank()) {
                throw refuse(
                        Place.in(statement.file(), statement.start(), statement.start() + 1),
                        Bilingual.of("a policy without @" + needed, "策略缺少 @" + needed),
                        Bilingual.of(
                                "each needs @id(\"its-name\") and the sentence people see:"
                                        + " @en(\"…\") and @zh(\"…\")",
                                "每条策略都需要 @id(\"名称\")，以及向人显示的句子 @en(\"…\") 和 @zh(\"…\")"));
            }
        }
        for (String name : annotations.keySet()) {
            if (!ANNOTATIONS.contains(name)) {
                throw refuse(
                        Place.word(statement, "@" + name),
                        Bilingual.of("unknown annotation @" + name, "未知的注解 @" + name),
                        Bilingual.of(
                                "known are @id, @en, @zh, @rung and @tell",
                                "可用的有 @id、@en、@zh、@rung、@tell"));
            }
        }
        String zh = annotations.getOrDefault("zh", "");
        if (Language.of(zh) != Language.ZH) {
            throw refuse(
                    Place.word(statement, "@zh"),
                    Bilingual.of("@zh holds no Chinese", "@zh 中没有中文"),
                    Bilingual.of("write the sentence in Chinese", "请用中文书写这句话"));
        }
        String rung = annotations.getOrDefault("rung", "");
        if (!rung.isEmpty() && (permits || !RUNGS.contains(rung))) {
            throw refuse(
                    Place.word(statement, "@rung"),
                    Bilingual.of(
                            "@rung(\"%s\") means nothing here".formatted(rung),
                            "@rung(\"%s\") 在此无效".formatted(rung)),
                    Bilingual.of(
                            "a forbid may have @rung(\"confirm\"), @rung(\"typed\") or"
                                    + " @rung(\"second-person\")",
                            "forbid 可以写 @rung(\"confirm\")、@rung(\"typed\") 或"
                                    + " @rung(\"second-person\")"));
        }
        String tell = annotations.getOrDefault("tell", "");
        if (annotations.containsKey("tell") && (permits || !tell.equals(PEOPLE))) {
            throw refuse(
                    Place.word(statement, "@tell"),
                    Bilingual.of(
                            "@tell(\"%s\") means nothing here".formatted(tell),
                            "@tell(\"%s\") 在此无效".formatted(tell)),
                    Bilingual.of(
                            "a forbid may have @tell(\"people\"): its reason goes to no model",
                            "forbid 可以写 @tell(\"people\")：其理由不会告诉模型"));
        }
        if (permits && statement.file().forbidsOnly()) {
            throw refuse(
                    Place.word(statement, "permit"),
                    Bilingual.of("this file may only forbid", "此文件只能包含 forbid"),
                    Bilingual.of("ask whoever keeps the shared policies", "请联系共享策略的维护者"));
        }
        return new PolicyRule(
                annotations.getOrDefault("id", ""),
                statement.file().name(),
                statement.line(),
                permits,
                Bilingual.of(annotations.getOrDefault("en", ""), zh),
                rung,
                tell.isEmpty());
    }

    private void validate(ValidationResponse response) throws PolicyError {
        if (response.success.isEmpty()) {
            throw new PolicyError(
                    Bilingual.of(
                            "ERROR: the policies cannot be checked: " + response.errors,
                            "错误：无法检查策略：" + response.errors),
                    null);
        }
        List<ValidationResponse.ValidationError> found =
                new ArrayList<>(response.success.get().validationErrors);
        found.addAll(response.success.get().validationWarnings);
        // The first in the files, not whichever Cedar came upon first.
        List<String> order = List.copyOf(statements.keySet());
        Optional<ValidationResponse.ValidationError> first =
                found.stream()
                        .min(
                                comparingInt((ValidationResponse.ValidationError error) ->
                                                order.indexOf(error.getPolicyId()))
                                        .thenComparingInt(error -> -start(error.getError()))
                                        .thenComparing(error -> error.getError().message));
        if (first.isPresent()) {
            throw invalid(first.get().getPolicyId(), first.get().getError());
        }
        if (!response.validationPassed() || !response.warnings.isEmpty()) {
            throw new PolicyError(
                    Bilingual.of(
                            "ERROR: the policies are not valid: " + response.warnings,
                            "错误：策略无效：" + response.warnings),
                    null);
        }
    }

    private static int start(DetailedError error) {
        return error.sourceLocations.isEmpty() ? 0 : error.sourceLocations.getFirst().start;
    }

    private PolicyError invalid(String id, DetailedError error) {
        String what = CedarText.plain(error.message);
        CedarMessage message = CedarMessage.of(what, error.help.orElse(""));
        Bilingual instead = message.instead().orElse(SEE_SCHEMA);
        Statement statement = statements.get(id);
        if (statement == null) {
            return new PolicyError(
                    Bilingual.of("ERROR: " + message.what().en(), "错误：" + message.what().zh()),
                    null);
        }
        Place place =
                error.sourceLocations.isEmpty()
                        ? Place.word(statement, CedarText.quoted(what))
                        : Place.bytes(
                                statement,
                                error.sourceLocations.getFirst().start,
                                error.sourceLocations.getFirst().end);
        return refuse(place, message.what(), instead);
    }

    private static PolicyError unreadable(Statement statement, InternalException refused) {
        String what = message(refused);
        CedarMessage message = CedarMessage.of(what, "");
        return new PolicyError(
                Place.word(statement, CedarText.quoted(what))
                        .message(message.what(), message.instead().orElse(CORRECT_IT)),
                refused);
    }

    private static PolicyError refuse(Place place, Bilingual what, Bilingual instead) {
        return new PolicyError(place.message(what, instead), null);
    }

    private static String message(Exception refused) {
        return CedarText.plain(
                refused instanceof InternalException internal
                        ? String.join("; ", internal.getErrors())
                        : String.valueOf(refused.getMessage()));
    }

    private Set<String> actions() {
        return ACTION.matcher(schemaText).results().map(m -> m.group(1)).collect(toSet());
    }

    private String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Map<String, String> texts = new TreeMap<>();
            files.forEach(file -> texts.put(file.name(), file.text()));
            texts.put("", schemaText);
            for (Map.Entry<String, String> text : texts.entrySet()) {
                for (String part : List.of(text.getKey(), text.getValue())) {
                    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                    digest.update(bytes);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
