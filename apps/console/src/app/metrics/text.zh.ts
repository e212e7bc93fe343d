import type { SameShape } from '../../text/define-text.ts'
import type { en } from './text.en.ts'

export const zh: SameShape<typeof en> = {
  cpu: '边车 vCPU',
  memory: '边车内存',
  bytes: '每秒传输字节',
  charts: '负载',
  top: {
    title: '突出的服务',
    requests: '请求最多',
    errors: '错误率最高',
    latency: '平均延时最高',
    failed: '{{share}} 失败',
    noLatency: '未测得延时',
  },
  empty: {
    none: '尚未指定此网格任何集群的 Prometheus 地址。',
    asked: '尚未收到 Prometheus 的响应，正在查询。',
    silent: '此网格的 Prometheus 均未响应。',
    hidden: '您在此网格的任何命名空间都无权列出 Pod。',
    series: 'Prometheus 已响应，但这段时间内没有此类数据。请检查它是否采集边车的指标。',
    partly: '已响应的部分在这段时间内没有此类数据。并非全部已响应：请查看数据来源。',
    durations: 'Prometheus 已响应，这段时间内没有测得延时。',
    requests: 'Prometheus 已响应，这段时间内没有请求。',
    failures: '这段时间内没有失败的请求。',
  },
  sources: {
    title: '数据来源',
    told_other: '{{answered}}/{{count}} 个集群的 Prometheus 已响应',
    answered: '已响应',
    partial: '部分响应',
    silent: '没有响应',
    slow: '正在查询',
    none: '未设置',
    hidden: '您无权查看',
    hiddenWhy: '您在此集群的任何命名空间都无权列出 Pod。',
    edit: '填写地址',
    check: '检查集群',
    left: '您无权列出 Pod 的命名空间不计入此处的任何数值。',
    last: '最近响应',
  },
}
