package parley.safety.gate;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The cases that stand beside the shipped policies.
final class PolicyCases {
    private PolicyCases() {}

    static List<PolicyCase> shipped() throws IOException {
        List<PolicyCase> all = new ArrayList<>();
        try (var files = Files.list(Path.of("../safety-policies/policies"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".test.yaml")).sorted().toList()) {
                all.addAll(PolicyCase.read(new YAMLMapper().readTree(Files.readString(file))));
            }
        }
        return all;
    }
}
