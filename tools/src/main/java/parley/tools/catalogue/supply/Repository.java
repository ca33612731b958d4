package parley.tools.catalogue.supply;

import static java.util.Objects.requireNonNull;

import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.value.HostText;

import java.util.List;
import java.util.Optional;

/// One repository as a host's configuration names it.
///
/// @param id dnf's id; on apt, which has none, host and path with the suite:
///   `deb.debian.org_debian:bookworm`
/// @param urls where it is, passwords left out; a mirror list counts as one
/// @param packagesSigned whether each package's signature must be right; empty on apt, which signs
///   lists only, and where nothing says so
/// @param listsSigned whether its lists must be signed
/// @param verified whether the lists that the host has were verified by apt; empty on others and
///   where nothing was fetched
/// @param keys key files that it names
/// @param secure whether certificates are checked
/// @param origin who it says it comes from (apt's `Origin`)
/// @param packaged whether its file came with a package; empty where that was not asked
public record Repository(
        @Means(en = "id", zh = "标识") HostText id,
        @Means(en = "name", zh = "名称") Optional<HostText> name,
        @Means(en = "addresses", zh = "地址") List<HostText> urls,
        @Means(en = "suite", zh = "套件") Optional<HostText> suite,
        @Means(en = "enabled", zh = "启用") boolean enabled,
        @Means(en = "packages signed", zh = "校验软件包签名") Optional<Boolean> packagesSigned,
        @Means(en = "lists signed", zh = "校验列表签名") boolean listsSigned,
        @Means(en = "verified", zh = "已验证") Optional<Boolean> verified,
        @Means(en = "keys", zh = "密钥文件") List<HostText> keys,
        @Means(en = "certificates checked", zh = "校验证书") boolean secure,
        @Means(en = "priority", zh = "优先级") Optional<Long> priority,
        @Means(en = "origin", zh = "来源方") Optional<HostText> origin,
        @Means(en = "from a package", zh = "由软件包提供") Optional<Boolean> packaged,
        @Means(en = "file", zh = "配置文件") HostText file,
        @Means(en = "evidence", zh = "出处") Finding.Lines evidence) {
    public Repository {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        urls = List.copyOf(urls);
        requireNonNull(suite, "suite is null");
        requireNonNull(packagesSigned, "packagesSigned is null");
        requireNonNull(verified, "verified is null");
        keys = List.copyOf(keys);
        requireNonNull(priority, "priority is null");
        requireNonNull(origin, "origin is null");
        requireNonNull(packaged, "packaged is null");
        requireNonNull(file, "file is null");
        requireNonNull(evidence, "evidence is null");
    }

    /// Whether somebody on the way could change what it sends.
    boolean isPlain() {
        return urls.stream()
                .anyMatch(url -> url.value().matches("(?i)(mirror\\+)?(http|ftp)://.*"));
    }

    /// Whether people mean it by `word`: its id, its suite, its server, or its file's name.
    boolean isCalled(String word) {
        String stem = file.value().replaceFirst(".*/", "").replaceFirst("\\.[a-z]+$", "");
        return id.value().equalsIgnoreCase(word)
                || suite.filter(text -> text.value().equalsIgnoreCase(word)).isPresent()
                || stem.equalsIgnoreCase(word)
                || urls.stream().anyMatch(url -> url.value().contains("://" + word + "/"));
    }
}
