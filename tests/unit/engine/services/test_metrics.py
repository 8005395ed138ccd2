# SPDX-License-Identifier: MIT
"""The text that Prometheus reads: types, cumulated buckets, escaped labels."""

from bldr_desktop.engine.services.metrics import Figure, Metrics


def test_requests_are_cumulated_by_bound() -> None:
    metrics = Metrics()
    for seconds in (0.001, 0.004, 0.03, 60.0):
        metrics.count_request("GET", "/queue/{job_id}", 200, seconds)
    metrics.count_request("POST", "/query", 503, 0.2)
    text = metrics.text()
    head = 'bldr_http_request_seconds_bucket{method="GET",route="/queue/{job_id}",status="2xx",le='
    assert f'{head}"0.005"}} 2\n' in text
    assert f'{head}"0.05"}} 3\n' in text
    assert f'{head}"10"}} 3\n' in text
    assert f'{head}"+Inf"}} 4\n' in text
    assert 'bldr_http_request_seconds_count{method="POST",route="/query",status="5xx"} 1\n' in text
    assert text.count("# TYPE bldr_http_request_seconds histogram\n") == 1


def test_sources_are_asked_each_time() -> None:
    metrics = Metrics()
    value = [0]

    def source() -> list[Figure]:
        value[0] += 1
        return [Figure("bldr_x", "Said so.", "gauge", [({"name": 'a"b\\c\nd'}, value[0])])]

    metrics.add(source)
    metrics.text()
    lines = metrics.text().splitlines()
    assert lines[:3] == ["# HELP bldr_x Said so.", "# TYPE bldr_x gauge", 'bldr_x{name="a\\"b\\\\c\\nd"} 2']
