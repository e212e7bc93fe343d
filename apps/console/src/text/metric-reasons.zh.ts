export const metricReasonsZh = {
  'metrics.none': '尚未指定 {{cluster}} 的 Prometheus 地址。',
  'metrics.silent': '{{cluster}} 的 Prometheus 没有响应：{{what}}',
  'metrics.what.timeout': '响应超时。',
  'metrics.what.unreachable': '无法建立连接。',
  'metrics.what.tls': '其证书不受信任。',
  'metrics.what.too_large': '响应内容过大。',
  'metrics.what.bad_answer': '响应内容无法读取。',
  'metrics.slow': '{{cluster}} 的 Prometheus 尚未响应，仍在查询。',
  'metrics.refused': '{{cluster}} 的 Prometheus 拒绝了控制台的请求（HTTP {{status}}）。请检查其地址和访问权限。',
  'metrics.query_failed': '{{cluster}} 的 Prometheus 无法回答：{{error}}',
  'metrics.unreadable': '{{cluster}} 的 Prometheus 地址上响应的不是 Prometheus。请检查地址和路径。',
  'metrics.unlabelled':
    '{{cluster}} 的 Prometheus 包含多个集群的数据，但没有标签加以区分：边车的 vCPU 和内存无法归属到集群。请填写集群标签。',
  'metrics.cluster_away': '无法连接集群 {{cluster}}，也就无法访问其中的 Prometheus。',
  'metrics.cluster_unread': '集群 {{cluster}} 仍在读取中。',
  'metrics.service_missing': '{{cluster}} 的 Prometheus 所指定的 Service {{service}} 不存在。',
  'metrics.no_pod_ready': '{{cluster}} 的 Prometheus 没有就绪的 Pod。',
}
