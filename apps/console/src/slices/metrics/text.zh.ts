import type { SameShape } from '../../text/define-text.ts'
import type { en } from './text.en.ts'

export const zh: SameShape<typeof en> = {
  title: '流量监控',
  range: '时间范围',
  ranges: { '15': '15 分钟', '60': '1 小时', '360': '6 小时', '1440': '24 小时', '10080': '7 天' },
  reading: '正在读取所选时间范围。',
  none: {
    title: '尚未指定此网格的 Prometheus',
    hint: '集群填写 Prometheus 地址后，此处会显示其边车的负载和最繁忙的服务。',
    action: '填写 {{cluster}} 的 Prometheus 地址',
  },
}
