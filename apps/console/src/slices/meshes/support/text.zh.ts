import type { en } from './text.en.ts'

export const zh: typeof en = {
  action: '支持包',
  title: '网格 {{mesh}} 的支持包',
  lead: '交给协助排查该网格的人的一个文件。以您自己的权限生成，不会发送到任何地方。',
  has: '包含的内容',
  part: {
    mesh: '网格对象及其状态、阶段、工作集群以及 istiod 所报告的同步情况、修订版本、版本',
    drift: '网格对每个集群的要求、集群中的实际内容，以及两者的差异',
    checks: '此刻执行的环境检测；规则的诊断结果；最近 50 次变更及其写入的位置',
    clusters: '每个集群：Sail 对象、Webhook、istiod 与网关、节点、集群能力、网格配置',
    happened: '网格相关命名空间的事件，以及 istiod 与 Sail Operator 的最后若干行日志',
    console: 'Orbweaver 的版本，以及它对每个集群所知信息的时间',
    unread: '未能读取的内容、原因以及缺少的权限',
  },
  hasNot: '不包含的内容',
  secrets: '不读取 Secret。其他内容只保留已知不含机密的字段，日志与消息中的文字也是如此；不包含规则。',
  bounds: '压缩前最多 16 MiB。20 秒后不再询问任何集群，届时缺少的内容会在其中列出。',
  verb: '生成并下载',
  making: '正在询问各集群',
  made: '已下载：{{file}}，{{size}} kB',
}
