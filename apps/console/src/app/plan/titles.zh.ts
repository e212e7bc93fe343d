import type { IntentType } from '@orbweaver/contracts/intent'
import type { SameShape } from '../../text/define-text.ts'
import type { finerTitles as english } from './titles.en.ts'

export const titles: Record<IntentType, string> = {
  'clusters.prepare-hub': '准备此中枢集群',
  'clusters.register': '注册集群 {{name}}',
  'clusters.edit': '编辑集群 {{name}}',
  'clusters.remove': '移除集群 {{name}}',
  'meshes.create': '创建网格 {{name}}',
  'meshes.update': '修改网格 {{name}}',
  'meshes.join': '将集群加入网格 {{name}}',
  'meshes.leave': '将集群移出网格 {{name}}',
  'meshes.repair': '修复网格 {{name}}',
  'meshes.delete': '删除网格 {{name}}',
  'sidecars.namespaces': '修改网格 {{mesh}} 中命名空间的边车注入',
  'sidecars.workloads': '修改网格 {{mesh}} 中工作负载的边车注入',
  'sidecars.restart': '重启网格 {{mesh}} 中的工作负载',
  'objects.create': '创建 {{kind}} {{name}}',
  'objects.edit': '修改 {{kind}} {{name}}',
  'objects.delete': '删除 {{kind}} {{name}}',
  'history.undo': '撤销变更 {{change}}',
}

export const finerTitles: SameShape<typeof english> = {
  'meshes.create': '创建{{kind}}网格 {{name}}',
  'meshes.join': '将 {{clusters}} 加入网格 {{name}}',
  'meshes.leave': '将 {{clusters}} 移出网格 {{name}}',
  'meshes.uninstall': '删除网格 {{name}} 并从其集群中卸载',
  'meshes.forget': '不再管理网格 {{name}}，其集群继续运行',
  'sidecars.namespaces.enable_other': '为 {{count}} 个命名空间启用注入',
  'sidecars.namespaces.disable_other': '为 {{count}} 个命名空间禁用注入',
  'sidecars.namespaces.clear_other': '清除 {{count}} 个命名空间的注入策略',
  'sidecars.workloads.enable_other': '为 {{count}} 个工作负载启用注入',
  'sidecars.workloads.disable_other': '为 {{count}} 个工作负载禁用注入',
  'sidecars.workloads.clear_other': '清除 {{count}} 个工作负载的注入策略',
  'sidecars.restart_other': '重启 {{count}} 个工作负载',
}

export const verbs: Record<IntentType, string> = {
  'clusters.prepare-hub': '准备中枢集群',
  'clusters.register': '注册集群',
  'clusters.edit': '应用修改',
  'clusters.remove': '移除集群',
  'meshes.create': '创建网格',
  'meshes.update': '应用修改',
  'meshes.join': '加入网格',
  'meshes.leave': '移出网格',
  'meshes.repair': '修复网格',
  'meshes.delete': '删除网格',
  'sidecars.namespaces': '修改注入',
  'sidecars.workloads': '修改注入',
  'sidecars.restart': '重启工作负载',
  'objects.create': '创建资源',
  'objects.edit': '应用修改',
  'objects.delete': '删除资源',
  'history.undo': '撤销',
}
