import type { en } from './messages.en.ts'

export const zh: Record<keyof typeof en, string> = {
  'objects.not_a_rule': '{kind} 不是可在此编辑的规则。',
  'objects.wrong_cluster': '该网格的规则位于集群 {wanted}，而不是 {cluster}。',
  'objects.bad_name': '“{name}”不是有效的名称：只能包含小写字母、数字和连字符。',
  'objects.no_namespace': '{name} 需要有效的命名空间。',
  'objects.renamed': '{name} 的类型、命名空间和名称不能修改，请另行创建资源。',
  'objects.edited_since': '{kind} {name} 的相同位置已被他人修改。请关闭此窗口，在编辑器中合并两个版本。',
}
