package parley.tools.value;

import com.fasterxml.jackson.annotation.JsonValue;

import parley.tools.Means;

/// The path of an HTTP request, without a query: what a query carries could be somebody's data.
@Text(pattern = "/[A-Za-z0-9/._~%-]{0,128}", most = 129, example = "/health")
@Means(en = "a path without a query", zh = "不带查询参数的路径")
public record HttpPath(@JsonValue String value) {
    public HttpPath {
        Checks.text(HttpPath.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
