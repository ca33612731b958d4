package parley.tools.catalogue.supply;

import parley.tools.Bilingual;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Reading;
import parley.tools.catalogue.supply.ChangedFiles.Changed;
import parley.tools.catalogue.supply.ChangedFiles.Difference;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// What changed files mean: other contents than packaged are grave, changed configuration is
/// expected, another time alone says nothing.
final class VerifyFilesFindings {
    private static final int MOST_TOLD = 20;

    private VerifyFilesFindings() {}

    static List<Finding> of(Reading<ChangedFiles> reading) {
        ChangedFiles value = reading.value();
        List<Finding> findings = new ArrayList<>();
        List<Changed> own =
                value.files().stream().filter(one -> !one.config() && !one.isTouched()).toList();
        own.stream().limit(MOST_TOLD).forEach(one -> findings.add(told(one)));
        if (own.size() > MOST_TOLD || value.more() > 0) {
            long more = Math.max(0, own.size() - MOST_TOLD) + value.more();
            findings.add(
                    Finding.of(
                            Severity.WARNING,
                            "further files that differ: {0}",
                            "另有 {0} 个文件有变动",
                            more));
        }
        List<Changed> config =
                value.files().stream().filter(one -> one.config() && !one.isTouched()).toList();
        if (!config.isEmpty()) {
            String paths = paths(config);
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "changed configuration files, as is to be expected: " + paths,
                            "配置文件有改动，属正常情况：" + paths));
        }
        if (!value.notInstalled().isEmpty()) {
            String names =
                    value.notInstalled().stream()
                            .map(HostText::value)
                            .collect(Collectors.joining(", "));
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "not installed, so nothing to verify: " + names,
                            "没有安装，无从校验：" + names));
        }
        if (value.documentation() > 0) {
            findings.add(
                    Finding.of(
                            Severity.NOTICE,
                            "{0} documentation files are not there; images often leave them out",
                            "有 {0} 个文档文件不存在；精简镜像常不安装文档",
                            value.documentation()));
        }
        boolean looked = value.notInstalled().isEmpty() || !value.checked().isEmpty();
        if (own.isEmpty() && value.more() == 0 && looked) {
            findings.add(intact(value, reading.status() == Reading.Status.PARTIAL));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    private static Finding intact(ChangedFiles value, boolean partial) {
        String names =
                value.checked().stream().map(HostText::value).collect(Collectors.joining(", "));
        String of = value.checked().isEmpty() ? "all packages" : names;
        String zh = value.checked().isEmpty() ? "所有软件包" : " " + names + " ";
        return Finding.of(
                partial ? Severity.NOTICE : Severity.HEALTHY,
                "the files of "
                        + of
                        + " are as they were packaged"
                        + (partial ? ", as far as they could be read" : ""),
                zh.strip() + " 的文件与打包时一致" + (partial ? "（限于可读取的部分）" : ""));
    }

    private static Finding told(Changed one) {
        String of = one.owner().map(owner -> " (" + owner + ")").orElse("");
        String zh = one.owner().map(owner -> "（" + owner + "）").orElse("");
        Finding finding;
        if (one.isMissing()) {
            finding =
                    Finding.of(
                            Severity.WARNING,
                            one.path() + of + " is missing",
                            one.path() + zh + " 缺失");
        } else if (one.hasOtherContents()) {
            finding =
                    Finding.of(
                            Severity.CRITICAL,
                            one.path() + of + " has other contents than packaged",
                            one.path() + zh + " 的内容与打包时不同");
        } else {
            finding =
                    Finding.of(
                            Severity.WARNING,
                            one.path() + of + " differs in " + words(one).en(),
                            one.path() + zh + " 的" + words(one).zh() + "有变动");
        }
        return new Finding(finding.severity(), finding.statement(), List.of(one.evidence()));
    }

    private static Bilingual words(Changed one) {
        List<Bilingual> words = one.changes().stream().map(VerifyFilesFindings::word).toList();
        return Bilingual.of(
                words.stream().map(Bilingual::en).collect(Collectors.joining(", ")),
                words.stream().map(Bilingual::zh).collect(Collectors.joining("、")));
    }

    private static Bilingual word(Difference difference) {
        return switch (difference) {
            case MISSING -> Bilingual.of("being missing", "存在状态");
            case DIGEST -> Bilingual.of("contents", "内容");
            case SIZE -> Bilingual.of("size", "大小");
            case MODE -> Bilingual.of("permissions", "权限");
            case OWNER -> Bilingual.of("owner", "属主");
            case GROUP -> Bilingual.of("group", "属组");
            case DEVICE -> Bilingual.of("device number", "设备号");
            case LINK -> Bilingual.of("link target", "链接目标");
            case CAPABILITIES -> Bilingual.of("capabilities", "capabilities");
            case MTIME -> Bilingual.of("time", "修改时间");
        };
    }

    private static String paths(List<Changed> files) {
        return files.stream()
                        .limit(MOST_TOLD)
                        .map(one -> one.path().value())
                        .collect(Collectors.joining(", "))
                + (files.size() > MOST_TOLD ? ", …" : "");
    }
}
