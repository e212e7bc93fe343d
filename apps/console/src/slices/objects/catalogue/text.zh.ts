import type { SameShape } from '../../../text/define-text.ts'
import type { en } from './text.en.ts'

export const zh: SameShape<typeof en> = {
  title: '问题代码',
  about: '控制台会检查的问题：各自对流量的影响和处理办法。',
  search: '代码、IST0101、类型或词语',
  aliases: '其他名称',
  noAliases: '在其他工具中没有',
  kinds: '检查对象',
  everyKind: '所有 Istio 类型',
  noFix: '不提供修复：取决于原本的意图。',
}
