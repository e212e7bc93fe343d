import type { SameShape } from '../../../text/define-text.ts'
import type { en } from './text.en.ts'

export const zh: SameShape<typeof en> = {
  evidence: '查看依据',
  deadline: '视为失败的时间：',
  objects: '相关对象',
  missing: '不存在',
  unknown: '未读取：没有权限，或所在集群无应答',
  silent: '存在，状态中无信息',
  well: '状态正常',
  events: '事件',
  noEvents: '没有关于这些对象的事件记录。',
  times: '{{count}} 次',
  logs: 'istiod 日志',
  revisionState: {
    ReconcileError: '调谐失败',
    IstiodNotReady: 'istiod 未就绪',
    RemoteIstiodNotReady: '远端 istiod 未就绪',
    NameAlreadyExists: '名称已被占用',
    ReadinessCheckFailed: '无法确认是否就绪',
  },
  leftovers_other: '{{cluster}} 中有 {{count}} 个对象',
  drift: {
    hint: '这些对象与网格定义不一致。控制台只报告，不会自动改回：修复会按网格定义重新写入，采纳则让网格定义与集群中的实际内容一致。',
    adoptAll_other: '采纳 {{count}} 处',
    adopt: '采纳',
    adoptOne: '采纳 {{place}}',
    says: '写入',
    asked: '网格定义',
    live: '集群实际',
    nothing: '无，或不显示',
  },
}
