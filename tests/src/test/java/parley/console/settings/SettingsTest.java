package parley.console.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import parley.prompts.plan.model.ModelLimits;
import parley.prompts.plan.model.ModelSettings;
import parley.prompts.plan.model.Prices;
import parley.prompts.plan.model.Provider;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What `config.yaml` may say.
class SettingsTest {
    @TempDir Path folder;

    private Settings read(String text) throws Exception {
        return Settings.read(Files.writeString(folder.resolve("config.yaml"), text));
    }

    private static List<String> names(Settings settings) {
        return settings.model().stream().map(Settings.Model::name).toList();
    }

    @Test
    void oneModelOrSeveralInTheirOrder() throws Exception {
        assertEquals(List.of(), names(read("language: zh\n")));
        assertEquals(
                List.of("one"), names(read("model: {baseUrl: 'https://a.example/v1', name: one}")));
        Settings two =
                read(
                        """
                        model:
                        - {provider: anthropic, baseUrl: 'https://api.anthropic.com/v1', name: one}
                        - {provider: ollama, baseUrl: 'http://127.0.0.1:11434', name: two}
                        """);
        assertEquals(List.of("one", "two"), names(two));
        assertEquals(
                List.of(Provider.ANTHROPIC, Provider.OLLAMA),
                List.of(
                        Models.settings(two.model().getFirst(), Map.of()).provider(),
                        Models.settings(two.model().getLast(), Map.of()).provider()));
    }

    @Test
    void aSlipIsNamedWithItsPlaceAndWhatThereIs() {
        BadSettings key =
                assertThrows(
                        BadSettings.class,
                        () -> read("model:\n- {baseUrl: 'https://a.example/v1', nam: one}\n"));
        assertTrue(key.why().en().contains("config.yaml:2:"), key.why().en());
        assertTrue(key.why().en().contains("there is no setting \"nam\""), key.why().en());
        BadSettings half =
                assertThrows(
                        BadSettings.class, () -> read("model: {baseUrl: 'https://a.example/v1'}"));
        assertTrue(half.why().en().contains("needs baseUrl and name"), half.why().en());
        BadSettings provider =
                assertThrows(
                        BadSettings.class,
                        () ->
                                Models.settings(
                                        read("model: {provider: grok, baseUrl: 'https://a.example',"
                                                        + " name: m}")
                                                .model()
                                                .getFirst(),
                                        Map.of()));
        assertTrue(provider.why().en().contains("openai, anthropic, ollama"), provider.why().en());
    }

    @Test
    void pricesAndLimitsOfAModelAreTheFilesAlone() throws Exception {
        Settings priced =
                read(
                        """
                        model:
                          baseUrl: 'https://a.example/v1'
                          name: one
                          price: {currency: CNY, in: 2.4, out: 9.6}
                          limits: {tokens: 50000, sessionTokens: 400000, money: 0.5, sessionMoney: 20, total: 2m}
                        """);
        ModelSettings settings = Models.settings(priced.model().getFirst(), Map.of());
        assertEquals(
                new Prices(
                        "CNY", new BigDecimal("2.4"), new BigDecimal("2.4"), new BigDecimal("9.6")),
                settings.prices().orElseThrow());
        assertEquals(50_000, settings.limits().mostTokens());
        assertEquals(400_000, settings.limits().mostSessionTokens());
        assertEquals(new BigDecimal("0.5"), settings.limits().mostMoney().orElseThrow());
        assertEquals(Duration.ofMinutes(2), settings.limits().total());
        assertEquals(ModelLimits.DEFAULT.idle(), settings.limits().idle());

        Settings plain = read("model: {baseUrl: 'https://a.example/v1', name: one}");
        assertEquals(
                ModelLimits.DEFAULT, Models.settings(plain.model().getFirst(), Map.of()).limits());
    }

    @Test
    void aPriceThatCannotBeOneIsNamed() {
        for (String wrong :
                List.of(
                        "price: {currency: dollars, in: 1, out: 1}",
                        "price: {currency: USD, in: -1, out: 1}",
                        "price: {currency: USD, in: 1}",
                        "limits: {money: 1}")) {
            BadSettings bad =
                    assertThrows(
                            BadSettings.class,
                            () ->
                                    Models.settings(
                                            read("model: {baseUrl: 'https://a.example/v1', name:"
                                                            + " one, "
                                                            + wrong
                                                            + "}")
                                                    .model()
                                                    .getFirst(),
                                            Map.of()));
            assertTrue(bad.why().en().contains("price"), bad.why().en());
        }
    }
}
