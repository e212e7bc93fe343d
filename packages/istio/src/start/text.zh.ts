import type { startText as english } from './text.en.ts'

export const startText: typeof english = {
  step: {
    'create-managed': '创建托管网格',
    'create-dedicated': '创建专有网格',
    'create-external': '创建外接网格',
    'join-cluster': '添加集群',
    'inject-global': '全局边车注入',
    'inject-namespace': '命名空间边车注入',
    'inject-workload': '工作负载边车注入',
    services: '服务管理',
    gateways: '网格网关',
    traffic: '流量治理',
    monitoring: '流量监控',
    upgrade: '版本升级',
    security: '安全治理',
  },
  state: {
    done: '已完成',
    next: '下一步',
    open: '未开始',
    'not-built': '当前版本的 Orbweaver 尚不支持',
  },
}
