package parley.evals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads files of scenarios: one JSON object a line; empty lines and lines that begin with `#` say
/// nothing.
final class ScenarioFile {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final ScenarioReader reader;
    private final Map<String, String> places = new TreeMap<>();

    /// @param faults the names of the testbed's faults
    ScenarioFile(List<String> faults) {
        this.reader = new ScenarioReader(faults);
    }

    /// The scenarios of `file`. No two, of this file and of those read before, have the same id.
    ///
    /// @throws BadScenario naming file, line and what instead
    List<Scenario> read(Path file) throws BadScenario {
        List<Scenario> scenarios = new ArrayList<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            try {
                Scenario scenario = reader.read(json(line));
                String before = places.put(scenario.id(), file + ":" + number);
                if (before != null) {
                    throw new BadScenario(
                            "the id \""
                                    + scenario.id()
                                    + "\" is taken by "
                                    + before
                                    + "; choose another",
                            "标识“" + scenario.id() + "”已被 " + before + " 使用；请换一个");
                }
                scenarios.add(scenario);
            } catch (BadScenario bad) {
                throw bad.at(file, number);
            }
        }
        if (scenarios.isEmpty()) {
            throw new BadScenario(
                    file + " holds no scenario; one JSON object a line is expected",
                    file + " 中没有场景；应为每行一个 JSON 对象");
        }
        return scenarios;
    }

    private static List<String> lines(Path file) throws BadScenario {
        try {
            return Files.readAllLines(file);
        } catch (MalformedInputException notText) {
            throw new BadScenario(file + " is not UTF-8 text", file + " 不是 UTF-8 文本");
        } catch (IOException unreadable) {
            throw new BadScenario(
                    file
                            + " cannot be read: "
                            + unreadable.getClass().getSimpleName()
                            + "; name a file of scenarios",
                    "无法读取 " + file + "：" + unreadable.getClass().getSimpleName() + "；请指定场景文件");
        }
    }

    private static JsonNode json(String line) throws BadScenario {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException broken) {
            String column =
                    broken.getLocation() == null
                            ? ""
                            : " (column " + broken.getLocation().getColumnNr() + ")";
            String what = broken.getOriginalMessage().lines().findFirst().orElse("");
            throw new BadScenario(
                    "not one JSON object on one line" + column + ": " + what,
                    "该行不是单个 JSON 对象" + column + "：" + what);
        }
    }
}
