package parley.console.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import parley.safety.gate.PolicyCase;
import parley.safety.policy.Policies;
import parley.safety.policy.PolicyError;
import parley.safety.policy.PolicyFile;
import parley.safety.policy.ShippedPolicies;
import parley.tools.Bilingual;
import parley.tools.Card;
import parley.tools.Tool;
import parley.tools.catalogue.Catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The policies for those who write them: loaded without opening anything else.
///
/// @param instead a folder to try in place of the machine's and the user's policies
public record PolicyShelf(Directories directories, Optional<Path> instead) {
    /// Cases of one file, and the policies they speak about.
    public record Cases(String file, List<PolicyCase> cases, Policies policies) {}

    /// The shipped policies and those beside them.
    ///
    /// @throws CannotStart pointing at the first offending line with a caret
    public Policies load() throws CannotStart {
        return load(List.of());
    }

    /// Those, and `more` files to try.
    public Policies load(List<Path> more) throws CannotStart {
        try {
            List<PolicyFile> files =
                    new ArrayList<>(
                            instead.isPresent()
                                    ? PolicyFiles.candidates(instead.get())
                                    : PolicyFiles.read(directories));
            for (Path file : more) {
                files.add(new PolicyFile(file.toString(), text(file)));
            }
            return ShippedPolicies.load(cards(), files);
        } catch (BadSettings bad) {
            throw new CannotStart(bad.why(), 2);
        } catch (PolicyError wrong) {
            throw new CannotStart(wrong.why(), 2);
        }
    }

    private static String text(Path file) throws BadSettings {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new BadSettings(Bilingual.of(file + " cannot be read", "无法读取 " + file));
        }
    }

    private static List<Card> cards() {
        return Catalogue.standard().all().stream().<Card>map(Tool::card).toList();
    }

    /// The cases beside the policies. The shipped ones speak about the shipped policies alone: a
    /// site may be stricter.
    public List<Cases> cases() throws CannotStart {
        try {
            Policies shipped = ShippedPolicies.load(cards(), List.of());
            List<Cases> all = new ArrayList<>();
            for (PolicyFile file : ShippedPolicies.tests()) {
                all.add(new Cases(file.name(), cases(file.name(), file.text()), shipped));
            }
            List<Path> own =
                    instead.isPresent()
                            ? PolicyFiles.tests(instead.get())
                            : PolicyFiles.tests(directories);
            Policies inForce = load();
            for (Path file : own) {
                all.add(new Cases(file.toString(), cases(file.toString(), text(file)), inForce));
            }
            return all;
        } catch (PolicyError wrong) {
            throw new CannotStart(wrong.why(), 2);
        } catch (BadSettings bad) {
            throw new CannotStart(bad.why(), 2);
        }
    }

    private static List<PolicyCase> cases(String file, String yaml) throws BadSettings {
        try {
            return PolicyCase.read(new YAMLMapper().readTree(yaml));
        } catch (JsonProcessingException | IllegalArgumentException wrong) {
            throw new BadSettings(Bilingual.of("{0}: {1}", "{0}：{1}", file, wrong.getMessage()));
        }
    }
}
