"""安月: runs a Work Safety Month from the notice that starts it. Layers: config, surfaces, modules, platform, kernel."""
