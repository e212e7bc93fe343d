import type { valueReasonsEn } from './value-reasons.en.ts'

export const valueReasonsZh: Record<keyof typeof valueReasonsEn, string> = {
  'meshes.value-owned.meshId':
    '集群 {{cluster}} 的 Istio 参数 {{path}} 由网格自身决定：请使用“网格 ID”字段设置，并从参数中移除。',
  'meshes.value-owned.clusterName':
    '集群 {{cluster}} 的 Istio 参数 {{path}} 由网格自身决定：它是集群的注册名称。请从参数中移除。',
  'meshes.value-owned.network':
    '集群 {{cluster}} 的 Istio 参数 {{path}} 由网格自身决定：请在网络页面设置，并从参数中移除。',
  'meshes.value-owned.namespace':
    '集群 {{cluster}} 的 Istio 参数 {{path}} 由网格自身决定：它是控制面所在的命名空间。请从参数中移除。',
  'meshes.value-owned.entrance':
    '集群 {{cluster}} 的 Istio 参数 {{path}} 由网格自身决定：它是控制面的入口地址。请从参数中移除。',
  'meshes.value-owned.kind':
    '集群 {{cluster}} 的 Istio 参数 {{path}} 由网格自身决定：它取决于网格类型。请从参数中移除。',
  'meshes.value-owned.version':
    '集群 {{cluster}} 的 Istio 参数 {{path}} 由网格自身决定：Sail 会根据网格名称和版本生成。请从参数中移除。',
  'meshes.value-unfit.unknown-near': 'Istio {{minor}} 没有参数 {{path}}（{{cluster}}）。您可能想用 {{nearest}}。',
  'meshes.value-unfit.unknown': 'Istio {{minor}} 没有参数 {{path}}（{{cluster}}）。请移除。',
  'meshes.value-unfit.bool': '参数 {{path}}（{{cluster}}）应为 true 或 false。',
  'meshes.value-unfit.string': '参数 {{path}}（{{cluster}}）应为文本，请加引号。',
  'meshes.value-unfit.int': '参数 {{path}}（{{cluster}}）应为整数。',
  'meshes.value-unfit.number': '参数 {{path}}（{{cluster}}）应为数字。',
  'meshes.value-unfit.duration':
    '参数 {{path}}（{{cluster}}）应为以秒计的时长，例如 90s 或 0.5s：网格配置不支持其他单位。',
  'meshes.value-unfit.goDuration': '参数 {{path}}（{{cluster}}）应为带单位的时长，例如 30m 或 1h30m。',
  'meshes.value-unfit.quantity': '参数 {{path}}（{{cluster}}）应为资源数量，例如 100m 或 128Mi。',
  'meshes.value-unfit.intOrString': '参数 {{path}}（{{cluster}}）应为整数或文本。',
  'meshes.value-unfit.object': '参数 {{path}}（{{cluster}}）应为映射。',
  'meshes.value-unfit.choice': '参数 {{path}}（{{cluster}}）应为以下之一：{{members}}。',
  'meshes.value-unfit.list': '参数 {{path}}（{{cluster}}）应为列表。',
  'meshes.value-unfit.map': '参数 {{path}}（{{cluster}}）应为映射。',
  'meshes.value-note.deprecated': '参数 {{path}} 在 Istio {{minor}} 中已弃用。',
  'meshes.value-note.default': '未设置时，{{path}} 在 Istio {{minor}} 中为 {{to}}。',
}
