; SPDX-License-Identifier: MIT
; Inno Setup 6 recipe. Not run here: it needs Windows. Build the folder first:
;   python -m PyInstaller packaging\pyinstaller\bldr-desktop.spec --distpath dist
;   iscc packaging\windows\bldr-desktop.iss
[Setup]
AppId={{6E0C2A55-8A2B-4F55-9D2C-6D1B8F5B2F10}
AppName=Bldr Desktop
AppVersion=0.1.0
AppPublisher=The Bldr Desktop developers
DefaultDirName={autopf}\Bldr Desktop
DefaultGroupName=Bldr Desktop
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
OutputBaseFilename=bldr-desktop-0.1.0-setup
OutputDir=..\..\dist
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ArchitecturesInstallIn64BitMode=x64compatible
SetupIconFile=bldr-desktop.ico
UninstallDisplayIcon={app}\bldr-desktop.exe
ChangesAssociations=yes

[Languages]
Name: "ru"; MessagesFile: "compiler:Languages\Russian.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[Files]
Source: "..\..\dist\bldr-desktop\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\Bldr Desktop"; Filename: "{app}\bldr-desktop.exe"; AppUserModelID: "io.bldr.Desktop"
Name: "{autodesktop}\Bldr Desktop"; Filename: "{app}\bldr-desktop.exe"; AppUserModelID: "io.bldr.Desktop"; Tasks: desktopicon

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"

[Registry]
Root: HKA; Subkey: "Software\Classes\bldr"; ValueType: string; ValueData: "URL:Bldr Desktop"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\bldr"; ValueType: string; ValueName: "URL Protocol"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\bldr\shell\open\command"; ValueType: string; ValueData: """{app}\bldr-desktop.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Directory\shell\BldrDesktop"; ValueType: string; ValueData: "Bldr Desktop"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Directory\shell\BldrDesktop\command"; ValueType: string; ValueData: """{app}\bldr-desktop.exe"" ""%1"""
; written by the application itself when the person asks for it (Settings); gone with the application
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueType: none; ValueName: "Bldr Desktop"; Flags: dontcreatekey uninsdeletevalue

[Run]
Filename: "{app}\bldr-desktop.exe"; Description: "{cm:LaunchProgram,Bldr Desktop}"; Flags: nowait postinstall skipifsilent
