package parley.console.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import parley.console.settings.CannotStart;
import parley.console.settings.Workplace;
import parley.console.show.PlanJson;
import parley.prompts.plan.Conversation;
import parley.prompts.plan.Planned;
import parley.prompts.plan.Planner;
import parley.prompts.plan.PlannerFailed;
import parley.prompts.plan.Request;
import parley.tools.Bilingual;
import parley.tools.Hosts;
import parley.tools.Language;
import parley.tools.Proposal;
import parley.tools.catalogue.Catalogue;
import parley.tools.schema.Json;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Plans one request per line of a file, with the embedded planner: no host, no model, no record.
final class Batch {
    /// A longer line is an error of that line.
    private static final int MOST_LINE = 64 * 1024;

    private final Hosts hosts;
    private final Planner planner;
    private final Common common;

    private Batch(Hosts hosts, Planner planner, Common common) {
        this.hosts = hosts;
        this.planner = planner;
        this.common = common;
    }

    static int run(Common common, Path file, PrintStream out) throws Exception {
        Batch batch =
                new Batch(Workplace.hosts(common.options()), Workplace.embeddedPlanner(), common);
        try (BufferedReader lines = lenient(file)) {
            String line = lines.readLine();
            while (line != null) {
                out.println(Json.mapper().writeValueAsString(batch.one(line)));
                line = lines.readLine();
            }
            out.flush();
            return 0;
        } catch (IOException unreadable) {
            throw new CannotStart(
                    Bilingual.of(
                            "{0} cannot be read: {1}",
                            "无法读取 {0}：{1}", file, unreadable.getMessage()),
                    2);
        }
    }

    /// Bytes that are not UTF-8 spoil their own line, not the run.
    private static BufferedReader lenient(Path file) throws IOException {
        return new BufferedReader(
                new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
    }

    private ObjectNode one(String line) throws InterruptedException {
        String id = "";
        try {
            if (line.length() > MOST_LINE) {
                return PlanJson.error(id, "the line is longer than " + MOST_LINE + " characters");
            }
            JsonNode json = Json.mapper().readTree(line);
            id = json.path("id").asText("");
            JsonNode text = json.path("text");
            if (!text.isTextual()
                    || text.textValue().isBlank()
                    || text.textValue().length() > Request.MOST_CHARACTERS) {
                return PlanJson.error(
                        id, "text must have 1 to " + Request.MOST_CHARACTERS + " characters");
            }
            List<Conversation.Past> past = new ArrayList<>();
            for (JsonNode turn : json.path("turns")) {
                past.add(new Conversation.Past(turn.asText(), proposal(turn.asText(), past)));
            }
            Planned planned = plan(text.textValue(), past);
            return PlanJson.of(
                    id, planned, Catalogue.standard(), common.language(text.textValue()));
        } catch (JsonProcessingException malformed) {
            return PlanJson.error(id, "not a JSON object: " + malformed.getOriginalMessage());
        } catch (RuntimeException broken) {
            // A defect in one line's planning must not cost the others their plans.
            return PlanJson.error(id, "planning failed: " + broken);
        } catch (PlannerFailed failed) {
            return PlanJson.error(id, failed.why(), common.language());
        }
    }

    private Optional<Proposal> proposal(String words, List<Conversation.Past> past)
            throws PlannerFailed, InterruptedException {
        if (words.isBlank() || words.length() > Request.MOST_CHARACTERS) {
            return Optional.empty();
        }
        return plan(words, past) instanceof Planned.Plan plan
                ? Optional.of(plan.proposal())
                : Optional.empty();
    }

    private Planned plan(String words, List<Conversation.Past> past)
            throws PlannerFailed, InterruptedException {
        Request request = new Request("batch", "batch", Language.of(words), words);
        return planner.next(new Conversation(request, hosts, past, List.of()), partial -> {});
    }
}
