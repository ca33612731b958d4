package parley.console.settings;

import parley.prompts.plan.model.ApiKey;
import parley.prompts.plan.model.ModelLimits;
import parley.prompts.plan.model.ModelSettings;
import parley.prompts.plan.model.Prices;
import parley.prompts.plan.model.Provider;
import parley.prompts.plan.model.ProxyRoute;
import parley.tools.Bilingual;
import parley.tools.value.BadValue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Turns what `config.yaml` says about a model into what the model planner takes, with the key from
/// where it is kept.
public final class Models {
    private Models() {}

    /// @throws BadSettings when the key is not where the file says, or may not be sent there
    public static ModelSettings settings(Settings.Model model, Map<String, String> environment)
            throws BadSettings {
        try {
            return new ModelSettings(
                    model.provider().map(Provider::of).orElse(Provider.OPENAI),
                    model.baseUrl(),
                    model.name(),
                    key(model, environment),
                    model.caCertificate(),
                    ProxyRoute.of(environment),
                    limits(model.limits()),
                    model.price().map(Models::prices));
        } catch (BadValue refused) {
            throw new BadSettings(
                    Bilingual.of(
                            "config.yaml: " + refused.why().en(),
                            "config.yaml：" + refused.why().zh()));
        }
    }

    private static Prices prices(Settings.Price price) {
        return new Prices(
                price.currency(), price.in(), price.cached().orElse(price.in()), price.out());
    }

    private static ModelLimits limits(Optional<Settings.Limits> given) throws BadSettings {
        if (given.isEmpty()) {
            return ModelLimits.DEFAULT;
        }
        Settings.Limits limits = given.get();
        ModelLimits usual = ModelLimits.DEFAULT;
        int tokens = limits.tokens().orElse(usual.mostTokens());
        return new ModelLimits(
                usual.connect(),
                SecondPersonSettings.duration(limits.idle(), usual.idle()),
                SecondPersonSettings.duration(limits.total(), usual.total()),
                limits.turns().orElse(usual.mostTurns()),
                limits.replyTokens().orElse(usual.mostReplyTokens()),
                tokens,
                limits.sessionTokens().orElse(Math.max(tokens, usual.mostSessionTokens())),
                limits.money(),
                limits.sessionMoney());
    }

    private static Optional<ApiKey> key(Settings.Model model, Map<String, String> environment)
            throws BadSettings {
        if (model.keyVariable().isPresent()) {
            String name = model.keyVariable().get();
            String value = environment.getOrDefault(name, "");
            if (value.isBlank()) {
                throw new BadSettings(
                        Bilingual.of(
                                "config.yaml takes the model's key from ${0}, which is not set",
                                "config.yaml 指定从 ${0} 读取模型密钥，但该变量未设置", name));
            }
            return Optional.of(ApiKey.of(value));
        }
        if (model.keyFile().isPresent()) {
            Path file = model.keyFile().get();
            try {
                return Optional.of(ApiKey.of(Files.readString(file)));
            } catch (IOException unreadable) {
                throw new BadSettings(
                        Bilingual.of(
                                "the model's key file {0} cannot be read", "无法读取模型密钥文件 {0}", file));
            }
        }
        return Optional.empty();
    }
}
