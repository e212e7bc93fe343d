import type { SameShape } from '../../../text/define-text.ts'
import type { en } from './text.en.ts'

export const zh: SameShape<typeof en> = {
  where: '位置',
  whereHint: '网格的监控数据来自各集群中采集边车指标的 Prometheus。',
  kind: { none: '无', service: '此集群中的 Service', url: '地址' },
  found: '在此集群中发现：',
  more: '路径、租户、集群标签',
  set: '填写地址',
  ofTenant: '租户 {{tenant}}',
  byLabel: '以标签 {{label}} 区分集群',
  missing: '此项必填。',
  field: {
    prometheusNamespace: '命名空间',
    prometheusService: 'Service',
    prometheusPort: '端口',
    prometheusUrl: '地址',
    prometheusPath: '路径',
    prometheusTenant: '租户',
    prometheusLabel: '集群标签',
  },
  hint: {
    prometheusNamespace: 'Service 所在的命名空间。',
    prometheusService: '通过其就绪的 Pod 访问，无需对外暴露。',
    prometheusPort: 'Service 的端口。',
    prometheusUrl: '控制台可访问的地址，不含 /api/v1。',
    prometheusPath: '/api/v1 之前的部分，例如 /prometheus；留空表示没有。',
    prometheusTenant: '作为 X-Scope-OrgID 发送（Mimir、Cortex）。',
    prometheusLabel: '含多个集群的数据时，用于区分集群的标签；留空表示全部数据属于此集群。',
  },
  fault: {
    prometheusNamespace: '只能使用小写字母、数字和连字符，最多 63 个字符。',
    prometheusService: '只能使用小写字母、数字和连字符，最多 63 个字符。',
    prometheusPort: '1 到 65535。',
    prometheusUrl: 'http 或 https 地址，不含用户、查询和片段，例如 https://prometheus.example.com。',
    prometheusPath: '以斜杠开头，例如 /prometheus。',
    prometheusTenant: '只能使用字母、数字和 ! - _ . * ’ ( ) |，最多 150 个字符。',
    prometheusLabel: '只能使用字母、数字和下划线，不能以数字开头。',
  },
}
