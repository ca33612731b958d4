package parley.console.settings;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

import parley.tools.Bilingual;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// What `config.yaml` says. An absent file says nothing, and nothing has to be said.
///
/// @param model the models that plan, tried in this order; without one the embedded planner does
/// @param language `en` or `zh`; without it the words of a request and the locale decide
/// @param approvals how a second person is asked
/// @param anchors where the head of the record is kept elsewhere
public record Settings(
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<Model> model,
        Optional<String> language,
        Optional<Approvals> approvals,
        Optional<Anchors> anchors) {
    /// Where the signed head of the record is taken at the end of each start that recorded
    /// something.
    ///
    /// @param file a line is added to it
    /// @param command a program and its words, run without a shell; the line is its standard input
    public record Anchors(Optional<Path> file, Optional<List<String>> command) {}

    /// The shared folder for approvals.
    ///
    /// @param directory belongs to root and has the sticky bit
    /// @param allowedSigners whose key is whose, as in `ssh-keygen(1)`
    /// @param answerWithin how long an answer counts after the question: `8h`, the standard
    /// @param runWithin how long after the answer it may be run: `1h`, the standard
    public record Approvals(
            Path directory,
            Path allowedSigners,
            Optional<String> answerWithin,
            Optional<String> runWithin) {}

    /// A model behind an endpoint. The key itself never stands in the file.
    ///
    /// @param provider whose language it speaks: `openai` unless said, `anthropic`, `ollama`
    ///
    /// @param baseUrl `https://…/v1`
    /// @param keyVariable the environment variable that holds the key
    /// @param keyFile a file that holds nothing but the key
    /// @param caCertificate a PEM file with the private authority that signed the endpoint's
    ///   certificate
    /// @param price what its tokens cost
    /// @param limits what it may use
    public record Model(
            Optional<String> provider,
            URI baseUrl,
            String name,
            Optional<String> keyVariable,
            Optional<Path> keyFile,
            Optional<Path> caCertificate,
            Optional<Price> price,
            Optional<Limits> limits) {}

    /// What a million tokens of a model cost. Nobody but the file knows.
    ///
    /// @param currency three letters: `USD`
    /// @param cached tokens that the endpoint has in a cache; like others unless said
    public record Price(
            String currency, BigDecimal in, Optional<BigDecimal> cached, BigDecimal out) {}

    /// What a model may use; what is not said is as in [ModelLimits#DEFAULT].
    ///
    /// @param turns replies for one request
    /// @param replyTokens of one reply
    /// @param tokens of one request
    /// @param sessionTokens of all requests of one start of Parley
    /// @param money of one request, in the currency of the price
    /// @param sessionMoney of all requests of one start of Parley
    /// @param idle how long the endpoint may be silent: `90s`
    /// @param total how long one step may take: `5m`
    public record Limits(
            Optional<Integer> turns,
            Optional<Integer> replyTokens,
            Optional<Integer> tokens,
            Optional<Long> sessionTokens,
            Optional<BigDecimal> money,
            Optional<BigDecimal> sessionMoney,
            Optional<String> idle,
            Optional<String> total) {}

    /// Nothing configured.
    public static final Settings NONE =
            new Settings(List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    public Settings {
        // Jackson hands null over for what the file does not say.
        model = Objects.requireNonNullElse(model, List.<Model>of()).stream().toList();
        requireNonNull(language, "language is null");
        requireNonNull(approvals, "approvals is null");
        requireNonNull(anchors, "anchors is null");
    }

    /// The settings of this user, else of this machine.
    ///
    /// @throws BadSettings naming file, line, column and the keys there are
    public static Settings load(Directories directories) throws BadSettings {
        for (Path file :
                List.of(
                        directories.configuration().resolve("config.yaml"),
                        Path.of("/etc/parley/config.yaml"))) {
            if (Files.exists(file)) {
                return read(file);
            }
        }
        return NONE;
    }

    /// How a second person is asked. On a managed machine only the machine's own file counts:
    /// whoever asks must not choose whose signature is enough.
    static Optional<Approvals> approvals(Directories directories, boolean managed)
            throws BadSettings {
        Path machine = Path.of("/etc/parley/config.yaml");
        if (!managed) {
            return load(directories).approvals();
        }
        return Files.exists(machine) ? read(machine).approvals() : Optional.empty();
    }

    static Settings read(Path file) throws BadSettings {
        YAMLMapper mapper =
                YAMLMapper.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .addModule(new Jdk8Module())
                        .build();
        try {
            Settings settings = mapper.readValue(Files.readString(file), Settings.class);
            settings.check(file);
            return settings;
        } catch (UnrecognizedPropertyException unknown) {
            String known =
                    unknown.getKnownPropertyIds().stream()
                            .map(Object::toString)
                            .sorted()
                            .collect(Collectors.joining(", "));
            throw bad(
                    file,
                    unknown,
                    "there is no setting \""
                            + unknown.getPropertyName()
                            + "\" here; there are: "
                            + known,
                    "这里没有设置项“" + unknown.getPropertyName() + "”；可用：" + known);
        } catch (JsonProcessingException wrong) {
            throw bad(file, wrong, wrong.getOriginalMessage(), wrong.getOriginalMessage());
        } catch (IOException unreadable) {
            throw new BadSettings(
                    Bilingual.of("{0} cannot be read: {1}", "无法读取 {0}：{1}", file, unreadable));
        }
    }

    private void check(Path file) throws BadSettings {
        if (language.filter(word -> !word.equals("en") && !word.equals("zh")).isPresent()) {
            throw new BadSettings(
                    Bilingual.of(
                            "{0}: language is en or zh, not \"{1}\"",
                            "{0}：language 只能是 en 或 zh，不能是“{1}”", file, language.get()));
        }
        if (model.stream().anyMatch(one -> one.baseUrl() == null || one.name() == null)) {
            throw new BadSettings(
                    Bilingual.of(
                            file + ": a model needs baseUrl and name",
                            file + "：model 需要 baseUrl 和 name"));
        }
        if (model.stream()
                .flatMap(one -> one.price().stream())
                .anyMatch(price ->
                        price.currency() == null || price.in() == null || price.out() == null)) {
            throw new BadSettings(
                    Bilingual.of(
                            file + ": a model's price needs currency, in and out",
                            file + "：模型的 price 需要 currency、in 和 out"));
        }
        if (approvals.isPresent()
                && (approvals.get().directory() == null
                        || approvals.get().allowedSigners() == null)) {
            throw new BadSettings(
                    Bilingual.of(
                            file + ": approvals needs directory and allowedSigners",
                            file + "：approvals 需要 directory 和 allowedSigners"));
        }
    }

    private static BadSettings bad(Path file, JsonProcessingException wrong, String en, String zh) {
        String where =
                file
                        + ":"
                        + wrong.getLocation().getLineNr()
                        + ":"
                        + wrong.getLocation().getColumnNr()
                        + ": ";
        return new BadSettings(Bilingual.of(where + en, where + zh));
    }
}
