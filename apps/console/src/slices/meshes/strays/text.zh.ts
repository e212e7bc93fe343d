import type { SameShape } from '../../../text/define-text.ts'
import type { en } from './text.en.ts'

export const zh: SameShape<typeof en> = {
  title: '未生效的规则',
  hint: '此网格的 istiod 仅读取 {{cluster}} 中的规则。以下规则位于工作集群，在那里不会生效。',
  source: '来源集群',
  object: '对象',
  there: '{{cluster}} 中',
  state: { missing: '不存在', same: '内容相同', differs: '内容不同' },
  copy: '同步',
  copyOf: '同步 {{cluster}} 的规则',
  move: '迁移',
  moveOf: '迁移 {{cluster}} 的规则',
  conflicts: '目标已存在且内容不同时保留现有内容，并在计划中列出。',
  more: '显示 {{shown}} 条，共 {{total}} 条。',
}
