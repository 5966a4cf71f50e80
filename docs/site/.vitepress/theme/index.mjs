import DefaultTheme from 'vitepress/theme-without-fonts'
import Made from './Made.vue'
import Mermaid from './Mermaid.vue'
import './style.css'

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('Made', Made)
    app.component('Mermaid', Mermaid)
  },
}
