"""The mark that tells a generated sample report from a real one."""

SAMPLE_NOTICE = "【示例数据】本报告由 gongkai demo 生成，并非真实报告。"
"""The last line of every report of the sample corpus; a document that holds it is a sample, however it was copied."""
