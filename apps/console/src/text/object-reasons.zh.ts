import type { SameShape } from './define-text.ts'
import type { objectReasonsEn } from './object-reasons.en.ts'

export const objectReasonsZh: SameShape<typeof objectReasonsEn> = {
  'objects.finding_gone': '{{kind}} {{name}} 上要修复的问题已不存在。',
  'objects.fix_outdated': '{{kind}} {{name}} 已变化，此修复不再适用。请重新查看该问题。',
  'objects.mute_hides_other': '{{count}} 个问题将不再显示在列表和计划中，除非主动查看已静默的问题。',
  'objects.unmute_shows_other': '{{count}} 个问题将重新显示。',
  'objects.bad_name': '“{{name}}”不是合法的 Kubernetes 名称：只能使用小写字母、数字、连字符和点。',
  'objects.no_namespace': '{{name}} 需要命名空间。',
  'objects.not_a_rule': '此处不能编辑 {{kind}}。',
  'objects.wrong_cluster': '此网格的规则位于集群 {{wanted}}，而不是 {{cluster}}。',
  'objects.renamed': '{{kind}} {{name}} 的名称、命名空间和类型不能修改，请新建资源。',
  'objects.edited_since': '{{kind}} {{name}} 已被他人修改。请合并两个版本后重新生成计划。',
}
