package parley.tools.catalogue.storage;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import parley.tools.Capture;
import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.Unreadable;
import parley.tools.schema.Json;
import parley.tools.value.HostText;
import parley.tools.value.Percent;

import java.util.Optional;

/// What a disk says of its own health, as `smartctl -j -a` tells it. A disk of a virtual machine,
/// or behind a controller, says nothing.
///
/// @param says whether it says anything
/// @param passed its own verdict
/// @param reallocated sectors that were replaced
/// @param pending sectors that could not be read and wait for being written
/// @param uncorrectable errors that could not be corrected
/// @param mediaErrors of an NVMe disk
/// @param wearPct how much of its life is used, by its maker's reckoning; may exceed 100 %
/// @param powerOnHours how long it has run
public record SmartDisk(
        @Means(en = "disk", zh = "磁盘") String device,
        @Means(en = "says", zh = "可读") boolean says,
        @Means(en = "model", zh = "型号") Optional<HostText> model,
        @Means(en = "passed", zh = "自检通过") Optional<Boolean> passed,
        @Means(en = "reallocated", zh = "已重映射扇区") Optional<Long> reallocated,
        @Means(en = "pending", zh = "待处理扇区") Optional<Long> pending,
        @Means(en = "uncorrectable", zh = "不可纠正错误") Optional<Long> uncorrectable,
        @Means(en = "media errors", zh = "介质错误") Optional<Long> mediaErrors,
        @Means(en = "worn", zh = "磨损") Optional<Percent> wearPct,
        @Means(en = "temperature (°C)", zh = "温度（℃）") Optional<Long> temperature,
        @Means(en = "hours", zh = "通电小时") Optional<Long> powerOnHours,
        @Means(en = "evidence", zh = "出处") Finding.Lines evidence) {
    private static final int REALLOCATED = 5;
    private static final int PENDING = 197;
    private static final int UNCORRECTABLE = 198;

    public SmartDisk {
        requireNonNull(device, "device is null");
        requireNonNull(model, "model is null");
        requireNonNull(passed, "passed is null");
        requireNonNull(reallocated, "reallocated is null");
        requireNonNull(pending, "pending is null");
        requireNonNull(uncorrectable, "uncorrectable is null");
        requireNonNull(mediaErrors, "mediaErrors is null");
        requireNonNull(wearPct, "wearPct is null");
        requireNonNull(temperature, "temperature is null");
        requireNonNull(powerOnHours, "powerOnHours is null");
        requireNonNull(evidence, "evidence is null");
    }

    /// Its exit status is a set of bits, most of which tell of the disk and not of a failure to
    /// read; what counts is that it printed its whole document.
    static SmartDisk read(String device, int number, Capture smartctl) throws Unreadable {
        JsonNode json;
        try {
            json = Json.mapper().readTree(smartctl.stdout());
        } catch (JsonProcessingException broken) {
            throw Unreadable.line(smartctl.argv(), 1, "one JSON document", smartctl.stdout());
        }
        if (!json.path("smartctl").path("exit_status").isInt() || smartctl.truncated()) {
            throw Unreadable.line(
                    smartctl.argv(), 1, "a document with smartctl.exit_status", smartctl.stdout());
        }
        JsonNode nvme = json.path("nvme_smart_health_information_log");
        JsonNode status = json.path("smart_status").path("passed");
        Optional<Long> wear =
                number(nvme.path("percentage_used"))
                        .or(() -> number(json.path("endurance_used").path("current_percent")));
        return new SmartDisk(
                device,
                status.isBoolean() || nvme.isObject() || json.has("ata_smart_attributes"),
                Optional.of(json.path("model_name").asText())
                        .filter(text -> !text.isEmpty())
                        .map(HostText::new),
                status.isBoolean() ? Optional.of(status.asBoolean()) : Optional.empty(),
                attribute(json, REALLOCATED).or(() -> number(json.path("scsi_grown_defect_list"))),
                attribute(json, PENDING),
                attribute(json, UNCORRECTABLE),
                number(nvme.path("media_errors")),
                wear.map(share -> new Percent(share)),
                number(json.path("temperature").path("current")),
                number(json.path("power_on_time").path("hours")),
                new Finding.Lines(number, 1, Math.max(1, smartctl.lines().size())));
    }

    private static Optional<Long> number(JsonNode node) {
        return node.isIntegralNumber() ? Optional.of(node.asLong()) : Optional.empty();
    }

    private static Optional<Long> attribute(JsonNode json, int id) {
        for (JsonNode row : json.path("ata_smart_attributes").path("table")) {
            if (row.path("id").asInt() == id) {
                return number(row.path("raw").path("value"));
            }
        }
        return Optional.empty();
    }
}
