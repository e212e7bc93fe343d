import type { ErrorCode } from '../api/error-codes.ts'
import type { ErrorSentence } from './errors.en.ts'

export const zh: Record<ErrorCode, ErrorSentence> = {
  'request.invalid': { what: '服务器无法识别提交的内容。', next: '检查标出的字段；如果没有标出，请刷新页面。' },
  'request.too_large': { what: '提交的内容超过服务器上限（{{limitBytes}} 字节）。', next: '分多次提交。' },
  'request.rate_limited': { what: '当前会话的请求过多。', next: '等待 {{retryAfterSeconds}} 秒后重试。' },
  'access.signed_out': { what: '您已退出登录。', next: '登录后继续。' },
  'access.csrf': { what: '此页面属于另一个会话。', next: '刷新页面后重试。' },
  'access.forbidden': {
    what: '您无权在集群 {{cluster}} 中对 {{resource}} 执行 {{verb}}。',
    next: '向集群管理员申请该权限。',
  },
  'access.read_only': { what: '控制台处于只读模式。', next: '可以查看计划，但不能执行任何变更。' },
  'access.refused': { what: '登录被拒绝。', next: '检查令牌，或选择其他角色。' },
  'hub.unreachable': { what: '无法访问中枢集群，暂时不能写入。', next: '仍可查看；中枢集群恢复后重试。' },
  'hub.unprepared': { what: '中枢集群缺少 {{missing}}。', next: '打开开始页，准备中枢集群。' },
  'hub.unread': { what: '控制台刚刚启动，仍在读取集群和网格的记录。', next: '稍后页面会自动更新。' },
  'server.draining': { what: '此服务器正在停止。', next: '稍后重试，其他实例会接管。' },
  'server.failed': { what: '控制台内部出错。', next: '重试；如果仍然失败，用请求编号查找服务器日志。' },
  'clusters.not_found': { what: '没有您可见的集群 {{name}}。', next: '返回集群列表。' },
  'meshes.not_found': { what: '没有您可见的网格 {{name}}。', next: '返回网格列表。' },
  'meshes.export_too_large': {
    what: '网格超过一次导出的上限（{{limitBytes}} 字节 YAML）。',
    next: '请使用 kubectl 按命名空间导出。',
  },
  'security.secret_not_found': { what: '没有您可查看的 TLS 密钥 {{name}}。', next: '返回列表。' },
  'security.secret_unreadable': { what: '无法从集群 {{cluster}} 读取该密钥：{{message}}', next: '集群恢复后重试。' },
  'objects.not_found': { what: '没有您可见的对象 {{name}}。', next: '请核对名称，或选择其他对象。' },
  'objects.unreadable': { what: '未能从集群 {{cluster}} 读取该对象。', next: '查看集群状态后重试。' },
  'objects.no_schema': {
    what: '集群没有提供 {{name}} 的模式定义。',
    next: '编辑器不提供补全，但服务器试运行仍会检查全部内容。',
  },
  'history.not_found': { what: '没有您可见的变更 {{name}}。', next: '返回变更历史。' },
  'history.not_now': { what: '变更处于“{{phase}}”阶段，不能执行此操作。', next: '等待进展后再看。' },
  'plan.invalid': { what: '无法据此生成计划。', next: '修正下面列出的问题。' },
  'plan.outdated': { what: '生成计划后情况已发生变化。', next: '查看新计划后再确认。' },
  'plan.blocked': { what: '此计划不能执行。', next: '查看下面的原因。' },
  'client.offline': { what: '控制台服务器没有响应。', next: '检查网络；当前显示的内容可能已过时。' },
  'client.unreadable': { what: '无法解析服务器的响应。', next: '刷新页面：控制台可能已升级。' },
  'client.crashed': { what: '页面的这一部分出错。', next: '重试或刷新页面。' },
}
